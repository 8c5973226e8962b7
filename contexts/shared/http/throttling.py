"""Rate limits against guessing and bulk requests. If the cache fails, requests are refused."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
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
from contexts.shared.kernel import address_key

log = structlog.get_logger(__name__)


class LimitsUnavailable(Unavailable):
    default_code = "limits_unavailable"


class Counts:
    """The shared cache. Raises LimitsUnavailable if it fails, so that no limit is skipped."""

    def get(self, key: str, default: Any) -> Any:
        return self._call("get", key, default)

    def set(self, key: str, value: Any, seconds: float) -> None:
        self._call("set", key, value, seconds)

    def count(self, key: str, seconds: int) -> int:
        """Add one to a count that lives for some seconds. Return it. Parallel ones all count."""
        try:
            return int(self._call("incr", key))
        except ValueError:
            self._call("add", key, 0, seconds)
            return int(self._call("incr", key))

    def uncount(self, key: str) -> None:
        """Take one from a count. Does nothing if it is gone."""
        with suppress(ValueError):
            self._call("decr", key)

    def began(self, key: str, at: float, seconds: int) -> float:
        """Return when a window began: `at`, unless one is open."""
        return float(self._call("get_or_set", key, at, seconds))

    def _call(self, method: str, *arguments: Any) -> Any:
        try:
            return getattr(cache, method)(*arguments)
        except ValueError:
            raise
        # Every backend has its own exceptions.
        except Exception as error:
            log.exception("limits_unavailable")
            raise LimitsUnavailable from error


class Counted(SimpleRateThrottle):
    """A limit of so many tries in a window, which begins with the first of them.

    DRF's own limits read a list of tries and write it back, so that parallel tries count as one.
    """

    cache: Any = Counts()
    num_requests: int
    duration: int
    _window = ""
    _ends = 0.0

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether a try is left. Counts it."""
        key = self.get_cache_key(request, view) if self.rate is not None else None
        return key is None or self.count(key)

    def count(self, key: str) -> bool:
        """Count a try, if one is left."""
        at = self.timer()
        began = self.cache.began(f"{key}:began", at, self.duration)
        # A cache may keep an entry for longer than it was told, or the clock was moved.
        began += max(0, (at - began) // self.duration) * self.duration
        self._ends = began + self.duration
        self._window = f"{key}:{began:.6f}"
        if self.cache.count(self._window, 2 * self.duration) <= self.num_requests:
            return True
        self.cache.uncount(self._window)
        return False

    def wait(self) -> float:
        return self._ends - self.timer()


class AddressThrottle(ScopedRateThrottle, Counted):
    """A limit per network address (behind TRUSTED_PROXIES), by the view's `throttle_scope`."""


class AccountThrottle(Counted):
    """A limit on mails per account named in the body and network address.

    Nobody can use it up for the owner of an address, and sign-ins do not count.
    """

    scope = "account_mail"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        data = request.data if isinstance(request.data, dict) else {}
        named = data.get("email")
        if not isinstance(named, str) or not named:
            return None
        who = _digest(address_key(named), str(self.get_ident(request)))
        return self.cache_format % {"scope": self.scope, "ident": who}


class Limit(Counted):
    """A limit on tries of one kind, for instance wrong passwords for one account."""

    def __init__(self, scope: str, *whose: str) -> None:
        self.scope = scope
        super().__init__()
        self.key = self.cache_format % {"scope": scope, "ident": _digest(*whose)}

    def take(self) -> None:
        """Count a try. Raises Throttled if no try is left."""
        if not self.allow_request(cast(Request, None), cast(APIView, None)):
            raise Throttled(wait=self.wait())

    def give_back(self) -> None:
        """Take back the latest try, since it does not count."""
        self.cache.uncount(self._window)

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.key


@contextmanager
def limited(*limits: Limit) -> Iterator[Callable[[], None]]:
    """Count a try against all limits, or against none if one of them is used up.

    Yields a function that takes the try back. Raises Throttled.
    """
    taken: list[Limit] = []

    def give_back() -> None:
        for limit in taken:
            limit.give_back()

    try:
        for limit in limits:
            limit.take()
            taken.append(limit)
    except Throttled:
        give_back()
        raise
    yield give_back


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()


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
