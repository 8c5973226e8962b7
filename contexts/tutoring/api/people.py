"""Tutoring's people: what blocks and leaving mean for lessons."""

from datetime import datetime
from uuid import UUID

from contexts.shared.people.people import People
from contexts.tutoring.adapters import calendars, lessons, privacy
from contexts.tutoring.adapters.lessons import OrmLessons
from contexts.tutoring.adapters.people import people
from contexts.tutoring.api.tutors import leave_tutoring
from contexts.tutoring.application.lessons import LessonLife
from contexts.tutoring.events import PersonErased

_life = LessonLife(lessons=OrmLessons())


def _part(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Cancel the pair's upcoming lessons if one blocks the other."""
    if people.are_apart(blocker_id, blocked_id):
        for lesson_id in lessons.booked_between(blocker_id, blocked_id):
            _life.part_ways(lesson_id=lesson_id, by=blocker_id, now=now)


def _end(*, person_id: UUID, now: datetime) -> None:
    """Close all that is open of a person, who is then found by nobody."""
    _wind_up(person_id, now)
    calendars.close(person_id=person_id)
    leave_tutoring(tutor_id=person_id)
    people.forget(person_id=person_id)


def _erase(*, person_id: UUID, now: datetime) -> None:
    """Forget a person. Lessons stay with the other participant."""
    _wind_up(person_id, now)
    privacy.erase_traces(person_id=person_id)
    people.forget(person_id=person_id)


def _wind_up(person_id: UUID, now: datetime) -> None:
    for lesson_id in lessons.open_of(person_id):
        _life.wind_up(lesson_id=lesson_id, now=now)


PEOPLE = People(
    directory=people,
    noun="person",
    columns=privacy.COLUMNS,
    export=privacy.export_person,
    erase=_erase,
    erased=PersonErased,
    end=_end,
    ended="end_person",
    part=_part,
)
