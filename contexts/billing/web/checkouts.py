"""The page to which buyers return from the provider.

Buyers have no session here: who has the checkout's id may see its state, and decide on a new price
as they decided to pay.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from contexts.billing import api, queries
from contexts.shared.kernel import DomainError, now


@never_cache
@require_safe
def checkout(request: HttpRequest, checkout: UUID) -> HttpResponse:
    """Show the state of a checkout, with its old and new price if it has a new one."""
    return _page(request, checkout)


@never_cache
@require_POST
def confirm(request: HttpRequest, checkout: UUID) -> HttpResponse:
    """Agree to the new price that the page showed."""
    number = request.POST.get("quote", "")
    if not (number.isascii() and number.isdigit() and len(number) < 3):
        return _page(request, checkout, error=api.QuoteChanged(), status=409)
    try:
        api.confirm_checkout(checkout_id=checkout, customer_id=None, quote=int(number), now=now())
    except api.CheckoutNotFound:
        raise Http404 from None
    except (api.NothingToConfirm, api.QuoteChanged, api.QuoteExpired) as error:
        return _page(request, checkout, error=error, status=409)
    return redirect("checkout-page", checkout)


@never_cache
@require_POST
def abandon(request: HttpRequest, checkout: UUID) -> HttpResponse:
    """Buy nothing. A held card is released."""
    try:
        api.give_up_checkout(checkout_id=checkout, customer_id=None, now=now())
    except api.CheckoutNotFound:
        raise Http404 from None
    except api.PaymentsUnavailable as error:
        return _page(request, checkout, error=error, status=409)
    return redirect("checkout-page", checkout)


def _page(
    request: HttpRequest, checkout: UUID, *, error: DomainError | None = None, status: int = 200
) -> HttpResponse:
    language = get_language() or "en"
    try:
        page = queries.checkout_page(checkout, language=language)
    except api.CheckoutNotFound:
        raise Http404 from None
    context: dict[str, Any] = {
        "checkout": page,
        "prices": _side_by_side(page.quote, language),
        "error": gettext(error.message) if error else "",
    }
    return render(request, "billing/checkout.html", context, status=status)


def _side_by_side(quote: queries.Quote | None, language: str) -> list[dict[str, str]]:
    """Return the old and the new price as text."""
    return [
        {
            "country": api.format_country(one.country, language) if one.country else "",
            "amount": api.format_amount(one.amount, one.currency, language),
            "price": api.format_amount(one.price, one.currency, language),
            "tax": api.format_amount(one.tax, one.currency, language),
        }
        for one in ((quote.old, quote.new) if quote else ())
    ]
