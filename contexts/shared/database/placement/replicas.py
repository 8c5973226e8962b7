"""Reads that a replica may answer. It lags, and a person must see their own writes at once.

A replica is used only in a request that allows it, outside of use cases, and until the request
writes. A person who wrote lately also reads from the primary in later requests (shared/http).
While the replica is away, everybody reads from the primary.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections

from contexts.shared.database.failures.outages import is_outage
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.placement.commands import in_command


@dataclass(slots=True)
class Reading:
    """Facts about the current request: whether its reads may lag, whether it wrote, its caller."""

    may_lag: bool = False
    wrote: bool = False
    caller: UUID | None = None


log = structlog.get_logger(__name__)

_LEFT_ALONE_SECONDS = 5.0
_away_until: dict[str, float] = {}
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def request() -> Iterator[Reading]:
    """Begin a request. It reads from primaries until `may_lag` is set."""
    reading = Reading()
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


def current() -> Reading | None:
    return _reading.get()


def note_write() -> None:
    """Note that a use case has committed. Later reads of this request go to the primary."""
    if reading := _reading.get():
        reading.wrote = True


def note_caller(person_id: UUID) -> None:
    """Note the caller of a request that carries no token, but a password or a mailed link."""
    if reading := _reading.get():
        reading.caller = person_id


def reading_alias(context: str) -> str:
    """Return the alias that a read of a context goes to at this moment."""
    alias = alias_of(context)
    reading = _reading.get()
    if reading is None or not reading.may_lag or reading.wrote or in_command(alias):
        return alias
    replica: str | None = settings.REPLICAS.get(alias)
    return replica if replica and answers(replica) else alias


def answers(replica: str) -> bool:
    """Whether the replica can be reached. After a failure it is not tried for five seconds."""
    if time.monotonic() < _away_until.get(replica, 0.0):
        return False
    try:
        connections[replica].ensure_connection()
    except DatabaseError as error:
        if not is_outage(error):
            raise
        log.warning("replica_unavailable", alias=replica, error=str(error).strip())
        _away_until[replica] = time.monotonic() + _LEFT_ALONE_SECONDS
        return False
    return True
