"""Rate limits against guessing and bulk requests. If the cache fails, requests are refused."""

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
    """The shared cache. Raises LimitsUnavailable if it fails, so that no limit is skipped."""

    def get(self, key: str, default: Any) -> Any:
        return self._call("get", key, default)

    def set(self, key: str, value: Any, seconds: float) -> None:
        self._call("set", key, value, seconds)

    def _call(self, method: str, *arguments: Any) -> Any:
        try:
            return getattr(cache, method)(*arguments)
        # Every backend has its own exceptions.
        except Exception as error:
            log.exception("limits_unavailable")
            raise LimitsUnavailable from error


class AddressThrottle(ScopedRateThrottle):
    """A limit per network address (behind TRUSTED_PROXIES), by the view's `throttle_scope`."""

    cache: Any = Counts()


class AccountThrottle(SimpleRateThrottle):
    """A limit per account named in the body, from any network address."""

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
    """Count one limited operation outside a DRF view. A GraphQL request may hold several.

    Shares the limits and counts of REST. Raises Throttled.
    """
    drf_request: Any = SimpleNamespace(
        META=request.META, headers=request.headers, user=anonymous(), data={"email": account}
    )
    view = cast(APIView, SimpleNamespace(throttle_scope=scope))
    for throttle in (AddressThrottle(), AccountThrottle()):
        if not throttle.allow_request(drf_request, view):
            raise Throttled(wait=throttle.wait())
