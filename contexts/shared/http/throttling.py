"""Limits on what may be guessed or sent in bulk; they fail closed with the cache."""

import hashlib
from types import SimpleNamespace
from typing import Any, cast

import structlog
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle, SimpleRateThrottle
from rest_framework.views import APIView

from contexts.shared.http.actor import anonymous
from contexts.shared.http.errors import Unavailable

log = structlog.get_logger(__name__)


class LimitsUnavailable(Unavailable):
    default_code = "limits_unavailable"


class Counts:
    """The shared cache; when it fails, nobody gets through: it must not open the door."""

    def get(self, key: str, default: Any) -> Any:
        return self._asked("get", key, default)

    def set(self, key: str, value: Any, seconds: float) -> None:
        self._asked("set", key, value, seconds)

    def _asked(self, what: str, *arguments: Any) -> Any:
        try:
            return getattr(cache, what)(*arguments)
        # Every backend fails in its own way.
        except Exception as error:
            log.exception("limits_unavailable")
            raise LimitsUnavailable from error


class AddressThrottle(ScopedRateThrottle):
    """Per network address (behind TRUSTED_PROXIES proxies), by the view's `throttle_scope`."""

    cache: Any = Counts()


class AccountThrottle(SimpleRateThrottle):
    """Per account that is named in the body, wherever the requests come from."""

    cache: Any = Counts()
    scope = "credentials"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        data = request.data if isinstance(request.data, dict) else {}
        named = data.get("email")
        if not isinstance(named, str) or not named:
            return None
        return self.cache_format % {"scope": "account", "ident": _digest(named)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.strip().casefold().encode("utf-8", "replace")).hexdigest()


def spend(request: HttpRequest, *, scope: str, account: str | None = None) -> None:
    """Count one limited operation outside a DRF view, where a request may hold several.

    The limits are those of REST, counted together with it. Raises Throttled.
    """
    asked: Any = SimpleNamespace(
        META=request.META, headers=request.headers, user=anonymous(), data={"email": account}
    )
    view = cast(APIView, SimpleNamespace(throttle_scope=scope))
    for throttle in (AddressThrottle(), AccountThrottle()):
        if not throttle.allow_request(asked, view):
            raise Throttled(wait=throttle.wait())
