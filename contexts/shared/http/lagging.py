"""Readers from replicas: who has written lately reads their own writes, from the primary."""

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
    """The caller is known: a request that only reads may read what lags, if they may."""
    reading = replicas.current()
    if reading is None or not settings.REPLICAS:
        return
    reading.caller = actor.id if actor.is_authenticated else None
    if request.method in _SAFE:
        may_lag(reading)


def only_reads() -> None:
    """The same for a request whose method does not tell."""
    reading = replicas.current()
    if reading is not None and settings.REPLICAS:
        may_lag(reading)


def may_lag(reading: Reading) -> None:
    try:
        reading.may_lag = reading.caller is None or cache.get(_mark(reading)) is None
    # Every backend fails in its own way; nobody knows then who has written.
    except Exception as error:
        log.warning("writes_not_known", error=repr(error))


def remember(reading: Reading) -> None:
    """At the end of a request: for a while, its caller reads from the primary."""
    if settings.REPLICAS and reading.wrote and reading.caller is not None:
        try:
            cache.set(_mark(reading), 1, timeout=settings.READ_YOUR_WRITES_SECONDS)
        # What was written is committed, and the answer says so.
        except Exception as error:
            log.warning("write_not_remembered", error=repr(error))


def _mark(reading: Reading) -> str:
    return f"wrote:{reading.caller}"
