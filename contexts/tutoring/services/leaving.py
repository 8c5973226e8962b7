"""Consequences of blocks, ended accounts and erasures for lessons."""

from datetime import datetime
from uuid import UUID

from contexts.tutoring.adapters import lessons
from contexts.tutoring.adapters.lessons import OrmLessons
from contexts.tutoring.adapters.people import people
from contexts.tutoring.adapters.tutors import OrmTutors
from contexts.tutoring.application.lessons import Lessons
from contexts.tutoring.application.tutors import Tutors
from contexts.tutoring.services import calendars, privacy

_lessons = Lessons(lessons=OrmLessons())
_tutors = Tutors(tutors=OrmTutors())


def part(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Cancel the pair's upcoming lessons if one blocks the other."""
    if people.are_apart(blocker_id, blocked_id):
        for lesson_id in lessons.booked_between(blocker_id, blocked_id):
            _lessons.part_ways(lesson_id=lesson_id, by=blocker_id, now=now)


def end(*, person_id: UUID, now: datetime) -> None:
    """Close everything open of a person whose account has ended, and hide them."""
    _wind_up(person_id, now)
    calendars.close(person_id=person_id)
    _tutors.leave(tutor_id=person_id)
    people.forget(person_id=person_id)


def erase(*, person_id: UUID, now: datetime) -> None:
    """Erase a person. Lessons stay with the other participant."""
    _wind_up(person_id, now)
    privacy.erase_traces(person_id=person_id)
    people.forget(person_id=person_id)


def _wind_up(person_id: UUID, now: datetime) -> None:
    for lesson_id in lessons.open_of(person_id):
        _lessons.wind_up(lesson_id=lesson_id, now=now)
