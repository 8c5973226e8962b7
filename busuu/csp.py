"""Exceptions from the Content Security Policy, for single pages only."""

from collections.abc import Callable

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

# The admin uses Alpine.js, which evaluates expressions in attributes. Swagger UI sets styles.
_EXCEPTIONS = {
    "/admin/": {"script-src": [UNSAFE_EVAL, UNSAFE_INLINE], "style-src": [UNSAFE_INLINE]},
    "/api/docs": {"style-src": [UNSAFE_INLINE], "img-src": ["data:"]},
}


class PolicyExceptions:
    """Middleware below CSPMiddleware, which writes the header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for prefix, update in _EXCEPTIONS.items():
            if request.path.startswith(prefix):
                response._csp_update = update  # type: ignore[attr-defined]
        return response
