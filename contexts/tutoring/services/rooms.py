"""Entering the room of a lesson."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from contexts.tutoring.adapters.rooms import configured_rooms
from contexts.tutoring.domain import rooms
from contexts.tutoring.domain.lessons import Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The address of a lesson's room."""

    url: Annotated[str, "Admits its bearer as the caller. Keep it secret."]
    opens_at: datetime
    closes_at: datetime


class Enter(Protocol):
    def __call__(self, *, lesson_id: UUID, person_id: UUID, now: datetime) -> Lesson: ...


def enter(enter_lesson: Enter, *, lesson_id: UUID, person_id: UUID, now: datetime) -> Room:
    """Return the room of a lesson to one of its two participants.

    It is open from ten minutes before the start until the end. Entering records the person's
    presence, so that nobody can report them absent.

    Raises LessonNotFound, LessonNotBooked, RoomNotOpen, RoomClosed.
    """
    lesson = enter_lesson(lesson_id=lesson_id, person_id=person_id, now=now)
    part = lesson.part_of(person_id)
    opens_at = rooms.opens_at(lesson.slot)
    url = configured_rooms().link(lesson, person_id=person_id, part=part, opens_at=opens_at)
    return Room(url=url, opens_at=opens_at, closes_at=lesson.ends_at)
