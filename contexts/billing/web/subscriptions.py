"""The page of a renewal that could not be paid, to which its mail leads."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from contexts.billing import api, queries
from contexts.shared.http.problems import message_of, problem_of
from contexts.shared.kernel import DomainError, now

# Identity's page; people have one account for all contexts.
_signed_in = login_required(login_url="account-sign-in")


@never_cache
@require_safe
@_signed_in
def due(request: HttpRequest, subscription: UUID) -> HttpResponse:
    """Show whether something is due for the visitor's subscription."""
    return _show(request, subscription)


@never_cache
@require_GET
@_signed_in
def pay(request: HttpRequest, subscription: UUID) -> HttpResponse:
    """Lead to the provider's page of what is due.

    A link leads here, not a form: the pages' policy lets no form lead to another site.
    """
    try:
        url = api.due_page(subscription_id=subscription, customer_id=_who(request), now=now())
    except api.SubscriptionNotFound:
        raise Http404 from None
    except DomainError as refused:
        return _show(request, subscription, refused=refused)
    return redirect(url)


def _show(
    request: HttpRequest, subscription_id: UUID, *, refused: DomainError | None = None
) -> HttpResponse:
    try:
        found = queries.subscription(subscription_id, customer_id=_who(request))
    except api.SubscriptionNotFound:
        raise Http404 from None
    status = problem_of(refused)["status"] if refused else 200
    context = {
        "subscription": found,
        "product": queries.product_name(found.product, language=get_language() or "en"),
        "error": message_of(refused) if refused else "",
    }
    return render(request, "billing/due.html", context, status=status)


def _who(request: HttpRequest) -> UUID:
    return cast(UUID, request.user.pk)
