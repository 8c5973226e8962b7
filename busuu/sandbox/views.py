"""The vendor's pages: pay, list the webhooks of a payment, send one of them."""

import functools
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from busuu.sandbox import pages, paying, webhooks
from busuu.sandbox.cards import (
    CARDS,
    CardDeclined,
    NoSuchSession,
    SessionClosed,
    UnknownCountry,
)
from busuu.sandbox.outbox import outbox
from contexts.shared.kernel import now

View = Callable[..., HttpResponse]


def _found(view: View) -> View:
    """Answer 404 if there is no such payment."""

    @functools.wraps(view)
    def checked(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            return view(request, **path)
        except NoSuchSession:
            raise Http404 from None

    return checked


@never_cache
@require_http_methods(["GET", "POST"])
@_found
def page(request: HttpRequest, session: str) -> HttpResponse:
    """Show the payment page; a POST pays with a card. The card's number decides the outcome."""
    if request.method == "GET":
        return _page(request, session)
    number, hold = request.POST.get("card", ""), request.POST.get("hold")
    country = request.POST.get("billing_country", "").strip().upper()
    try:
        paying.pay(
            session_id=session,
            number=number,
            by_itself=not hold,
            billing_country=country,
            now=now(),
        )
    except UnknownCountry as error:
        return _page(request, session, error=error, status=422)
    except CardDeclined as error:
        return _page(request, session, error=error, status=402)
    except SessionClosed as error:
        return _page(request, session, error=error, status=409)
    return _page(request, session)


@never_cache
@require_http_methods(["GET", "POST"])
@_found
def due(request: HttpRequest, subscription: str) -> HttpResponse:
    """Show what a subscription owes; a POST pays it with a card, which then renews."""
    shown = pages.due(subscription)
    context: dict[str, Any] = {"page": shown, "cards": CARDS, "error": None}
    if request.method == "GET":
        return render(request, "sandbox/page.html", context)
    number, hold = request.POST.get("card", ""), request.POST.get("hold")
    try:
        paying.pay_due(subscription_id=subscription, number=number, by_itself=not hold, now=now())
    except CardDeclined as error:
        return render(request, "sandbox/page.html", {**context, "error": error}, status=402)
    context["page"] = replace(shown, status="paid")
    return render(request, "sandbox/page.html", context)


@never_cache
@require_http_methods(["GET"])
@_found
def events(request: HttpRequest, session: str) -> HttpResponse:
    """List the webhooks of a payment, each with a fresh signature."""
    listed = outbox(session, now=now())
    return JsonResponse({"events": [asdict(one) for one in listed]})


@csrf_exempt
@require_http_methods(["POST"])
def send(request: HttpRequest, event: UUID) -> HttpResponse:
    """Send a webhook now, even if it was sent before. Returns the status of the answer."""
    status = webhooks.send(event, now=now())
    if status is None:
        raise Http404
    return JsonResponse({"status": status})


def _page(
    request: HttpRequest, session: str, *, error: Exception | None = None, status: int = 200
) -> HttpResponse:
    context = {"page": pages.page(session, now=now()), "cards": CARDS, "error": error}
    return render(request, "sandbox/page.html", context, status=status)
