"""The sweep that finishes old bookings and concludes old lessons."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog

from contexts.tutoring.adapters import lessons

log = structlog.get_logger(__name__)
UNFINISHED_AFTER = timedelta(minutes=5)
_AT_ONCE = 200


class Act(Protocol):
    def __call__(self, *, lesson_id: UUID, now: datetime) -> None: ...


def sweep(*, finish: Act, conclude: Act, now: datetime) -> int:
    """Finish old pending bookings and conclude old lessons; return how many it looked at.

    A lesson that fails does not hold up the others.
    """
    pending = lessons.pending_since(now - UNFINISHED_AFTER, most=_AT_ONCE)
    over = lessons.to_conclude(now, most=_AT_ONCE)
    for lesson_id in pending:
        _try(finish, lesson_id, now)
    for lesson_id in over:
        _try(conclude, lesson_id, now)
    return len(pending) + len(over)


def _try(act: Act, lesson_id: UUID, now: datetime) -> None:
    try:
        act(lesson_id=lesson_id, now=now)
    # The next sweep, a minute later, tries again.
    except Exception:
        log.exception("lesson_not_swept", lesson_id=str(lesson_id))
