"""Which reads a replica may answer. It lags: nobody is to miss what they have just written.

A replica is asked only inside a request that said so, outside of use cases, and until the request
writes. Who has written lately reads from the primary in later requests, too (shared/http), and
everybody while the replica is away.
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
    """What a request has shown so far: may its reads lag, has it written, and whose is it?"""

    may_lag: bool = False
    wrote: bool = False
    caller: UUID | None = None


log = structlog.get_logger(__name__)

_LEFT_ALONE_SECONDS = 5.0
_away_until: dict[str, float] = {}
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


@contextmanager
def request() -> Iterator[Reading]:
    """A request begins; what is read in it comes from primaries until it says otherwise."""
    reading = Reading()
    token = _reading.set(reading)
    try:
        yield reading
    finally:
        _reading.reset(token)


def current() -> Reading | None:
    return _reading.get()


def note_write() -> None:
    """A use case has committed: what follows in this request sees it."""
    if reading := _reading.get():
        reading.wrote = True


def note_caller(person_id: UUID) -> None:
    """Whose request it is, where only what it brings has told: a password, or a mailed link."""
    if reading := _reading.get():
        reading.caller = person_id


def reading_alias(context: str) -> str:
    """The alias that a read of a context goes to just now."""
    alias = alias_of(context)
    reading = _reading.get()
    if reading is None or not reading.may_lag or reading.wrote or in_command(alias):
        return alias
    replica: str | None = settings.REPLICAS.get(alias)
    return replica if replica and answers(replica) else alias


def answers(replica: str) -> bool:
    """Whether it can be asked. One that cannot is left alone for a moment: its primary answers."""
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
