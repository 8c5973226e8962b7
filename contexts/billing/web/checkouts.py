"""The page to which buyers return from the provider."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contexts.billing import api, queries


@never_cache
@require_safe
def checkout(request: HttpRequest, checkout: UUID) -> HttpResponse:
    """Show the state of a checkout to the bearer of its id. Buyers have no session here."""
    try:
        page = queries.checkout_page(checkout, language=get_language() or "en")
    except api.CheckoutNotFound:
        raise Http404 from None
    return render(request, "billing/checkout.html", {"checkout": page})
