"""Booking and moving lessons, and the sweep that finishes what crashes have left."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog

from contexts.shared.database.transactions.atomic import for_context
from contexts.tutoring.adapters import lessons
from contexts.tutoring.adapters.credits import BillingCredits
from contexts.tutoring.adapters.diaries import OrmDiaries
from contexts.tutoring.adapters.lessons import OrmLessons
from contexts.tutoring.adapters.tutors import OrmOffers
from contexts.tutoring.application.booking import Booking, BookingSaga, Confirm
from contexts.tutoring.application.lessons import LessonLife

log = structlog.get_logger(__name__)
atomic = for_context("tutoring")
UNFINISHED_AFTER = timedelta(minutes=5)
_AT_ONCE = 200

_booking = Booking(diaries=OrmDiaries(), offers=OrmOffers(), lessons=OrmLessons())
_life = LessonLife(lessons=OrmLessons())
begin_booking = atomic(_booking.begin)
confirm_booking = atomic(_booking.confirm)
lapse_booking = atomic(_booking.lapse)
_complete = atomic(_life.complete_by_itself)

_saga = BookingSaga(
    begin=begin_booking,
    credits=BillingCredits(),
    confirm=confirm_booking,
    lapse=lapse_booking,
    read=lessons.read,
)
book_lesson = _saga.book
reschedule_lesson = atomic(_booking.reschedule)


def sweep(*, now: datetime) -> int:
    """Finish old pending bookings and complete what nobody has; returns how many were looked at.

    Each by itself: one that fails does not keep the others waiting.
    """
    pending = lessons.pending_since(now - UNFINISHED_AFTER, most=_AT_ONCE)
    over = lessons.to_complete(now, most=_AT_ONCE)
    for lesson_id in pending:
        _tried(_saga.finish, lesson_id, now)
    for lesson_id in over:
        _tried(_complete, lesson_id, now)
    return len(pending) + len(over)


def _tried(act: Confirm, lesson_id: UUID, now: datetime) -> None:
    try:
        act(lesson_id=lesson_id, now=now)
    # Whatever it is, the next minute tries again.
    except Exception:
        log.exception("lesson_not_swept", lesson_id=str(lesson_id))
