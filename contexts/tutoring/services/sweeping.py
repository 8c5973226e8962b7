"""The sweep that finishes old bookings, concludes old lessons and ends pauses."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog

from contexts.tutoring.adapters import lessons, tutors

log = structlog.get_logger(__name__)
UNFINISHED_AFTER = timedelta(minutes=5)
_AT_ONCE = 200


class Act(Protocol):
    def __call__(self, *, lesson_id: UUID, now: datetime) -> None: ...


class Return(Protocol):
    def __call__(self, *, tutor_id: UUID, now: datetime) -> None: ...


def sweep(*, finish: Act, conclude: Act, resume: Return, now: datetime) -> int:
    """Finish old pending bookings, conclude old lessons, end pauses; return how many it looked at.

    One that fails does not hold up the others.
    """
    pending = lessons.pending_since(now - UNFINISHED_AFTER, most=_AT_ONCE)
    over = lessons.to_conclude(now, most=_AT_ONCE)
    for lesson_id in pending:
        _try(finish, lesson_id, now)
    for lesson_id in over:
        _try(conclude, lesson_id, now)
    back = tutors.back_from_pause(now, most=_AT_ONCE)
    for tutor_id in back:
        _try_return(resume, tutor_id, now)
    return len(pending) + len(over) + len(back)


def _try(act: Act, lesson_id: UUID, now: datetime) -> None:
    try:
        act(lesson_id=lesson_id, now=now)
    # The next sweep, a minute later, tries again.
    except Exception:
        log.exception("lesson_not_swept", lesson_id=str(lesson_id))


def _try_return(resume: Return, tutor_id: UUID, now: datetime) -> None:
    try:
        resume(tutor_id=tutor_id, now=now)
    except Exception:
        log.exception("pause_not_ended", tutor_id=str(tutor_id))
