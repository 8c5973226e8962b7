"""Where buyers come back to, and the sandbox provider's own pages, in development only."""

import functools
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from contexts.billing import api, queries
from contexts.billing.api import sandbox
from contexts.shared.kernel import now

View = Callable[..., HttpResponse]


def _in_development(view: View) -> View:
    @functools.wraps(view)
    def checked(request: HttpRequest, **path: Any) -> HttpResponse:
        if not settings.DEVELOPMENT:
            raise Http404
        try:
            return view(request, **path)
        except sandbox.NoSuchSession:
            raise Http404 from None

    return checked


@never_cache
@require_safe
def checkout(request: HttpRequest, checkout: UUID) -> HttpResponse:
    """How a purchase stands. Buyers have no session here: whoever knows the id sees this much."""
    try:
        seen = queries.purchase_seen(checkout, language=get_language() or "en")
    except api.CheckoutNotFound:
        raise Http404 from None
    return render(request, "billing/checkout.html", {"purchase": seen})


@never_cache
@require_http_methods(["GET", "POST"])
@_in_development
def page(request: HttpRequest, session: str) -> HttpResponse:
    """Pay with a card, which does what its number says."""
    if request.method == "GET":
        return _page(request, session)
    try:
        sandbox.pay_in_sandbox(
            session_id=session,
            number=request.POST.get("card", ""),
            by_itself=not request.POST.get("hold"),
            now=now(),
        )
    except (sandbox.CardDeclined, sandbox.SessionClosed) as error:
        status = 402 if isinstance(error, sandbox.CardDeclined) else 409
        return _page(request, session, error=error, status=status)
    return _page(request, session)


@never_cache
@require_http_methods(["GET"])
@_in_development
def events(request: HttpRequest, session: str) -> HttpResponse:
    """What the sandbox has told about a payment, as it would be sent now."""
    told = sandbox.sandbox_outbox(session, now=now())
    return JsonResponse({"events": [asdict(one) for one in told]})


@csrf_exempt
@require_http_methods(["POST"])
@_in_development
def send(request: HttpRequest, event: UUID) -> HttpResponse:
    """Send an event now, however often it was sent; gives what our webhooks answered."""
    status = sandbox.send_sandbox_event(event, now=now())
    if status is None:
        raise Http404
    return JsonResponse({"status": status})


def _page(
    request: HttpRequest, session: str, *, error: Exception | None = None, status: int = 200
) -> HttpResponse:
    shown = {
        "page": sandbox.sandbox_session(session, now=now()),
        "cards": sandbox.CARDS,
        "error": error,
    }
    return render(request, "billing/sandbox.html", shown, status=status)
