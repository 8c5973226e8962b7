"""Reads from replicas. A person who wrote lately reads from the primary and sees their writes."""

import structlog
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from contexts.shared.database.placement import replicas
from contexts.shared.database.placement.replicas import Reading
from contexts.shared.http.actor import Actor

log = structlog.get_logger(__name__)

_SAFE = frozenset({"GET", "HEAD"})


def met(request: HttpRequest, actor: Actor) -> None:
    """Note the caller. A read-only request may then use a replica unless they wrote lately."""
    reading = replicas.current()
    if reading is None or not settings.REPLICAS:
        return
    reading.caller = actor.id if actor.is_authenticated else None
    if request.method in _SAFE:
        may_lag(reading)


def only_reads() -> None:
    """Let a request use a replica although its method does not say that it only reads."""
    reading = replicas.current()
    if reading is not None and settings.REPLICAS:
        may_lag(reading)


def may_lag(reading: Reading) -> None:
    try:
        reading.may_lag = reading.caller is None or cache.get(_mark(reading)) is None
    # Every backend has its own exceptions. Without the cache, read from the primary.
    except Exception as error:
        log.warning("writes_not_known", error=repr(error))


def remember(reading: Reading) -> None:
    """Let the caller read from the primary for a while if the request wrote."""
    if settings.REPLICAS and reading.wrote and reading.caller is not None:
        try:
            cache.set(_mark(reading), 1, timeout=settings.READ_YOUR_WRITES_SECONDS)
        # The write is committed, so the request must not fail.
        except Exception as error:
            log.warning("write_not_remembered", error=repr(error))


def _mark(reading: Reading) -> str:
    return f"wrote:{reading.caller}"
