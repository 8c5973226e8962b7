"""Limits on what may be guessed or sent in bulk; they fail closed with the cache."""

from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle
from rest_framework.views import APIView


class AddressThrottle(ScopedRateThrottle):
    """Per network address (behind TRUSTED_PROXIES proxies), by the view's `throttle_scope`."""


class AccountThrottle(SimpleRateThrottle):
    """Per account that is named in the body, wherever the requests come from."""

    scope = "credentials"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        data = request.data if isinstance(request.data, dict) else {}
        named = data.get("email")
        if not isinstance(named, str) or not named:
            return None
        return self.cache_format % {"scope": "account", "ident": _digest(named)}


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.strip().casefold().encode("utf-8", "replace")).hexdigest()
