"""A lesson's life after booking, its room, and calendars."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.shared.database.transactions.atomic import for_context
from contexts.tutoring.adapters import calendars
from contexts.tutoring.adapters.lessons import OrmLessons
from contexts.tutoring.adapters.rooms import configured_rooms
from contexts.tutoring.application.lessons import LessonLife
from contexts.tutoring.domain import rooms

atomic = for_context("tutoring")
_life = LessonLife(lessons=OrmLessons())

cancel_lesson = atomic(_life.cancel)
cancel_unpaid = atomic(_life.cancel_unpaid)
complete_lesson = atomic(_life.complete)
report_absence = atomic(_life.report_absence)
_enter = atomic(_life.enter)
rotate_calendar = atomic(calendars.new_address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where a lesson takes place; the link is its bearer's own."""

    url: str
    opens_at: datetime
    closes_at: datetime


def enter_room(*, lesson_id: UUID, person_id: UUID, now: datetime) -> Room:
    """Into the room, for the two of the lesson, from ten minutes before it until its end.

    Who enters was there: the other cannot say any more that they were not.

    Raises LessonNotFound, LessonNotBooked, RoomNotOpen, RoomClosed.
    """
    lesson = _enter(lesson_id=lesson_id, person_id=person_id, now=now)
    part = lesson.part_of(person_id)
    opens_at = rooms.opens_at(lesson.slot)
    url = configured_rooms().link(lesson, person_id=person_id, part=part, opens_at=opens_at)
    return Room(url=url, opens_at=opens_at, closes_at=lesson.ends_at)


def calendar(*, token: str, now: datetime) -> bytes | None:
    """The calendar behind a feed's secret, in iCalendar; None behind an unknown one."""
    owner_id = calendars.owner_of(token)
    return calendars.calendar_of(owner_id, now=now) if owner_id else None
