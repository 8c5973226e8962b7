"""Answers for one person stay with that person: no cache keeps them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_SAFE = frozenset({"GET", "HEAD"})
_SIGN_IN = "/api/v1/auth/"


class NoStore:
    """Forbids caches to store personal answers, tokens and errors (RFC 9111, section 5.2.2.5)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and _is_personal(request):
            response["Cache-Control"] = "no-store"
        return response


def _is_personal(request: HttpRequest) -> bool:
    return (
        request.method not in _SAFE
        or "Authorization" in request.headers
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or request.path.startswith(_SIGN_IN)
    )
