"""Whom tutoring knows, who is kept apart, and who leaves."""

from datetime import datetime
from uuid import UUID

from contexts.shared.database.atomic import for_context
from contexts.shared.messaging.publishing import publish
from contexts.shared.people.directory import register
from contexts.tutoring.adapters import calendars, lessons, privacy
from contexts.tutoring.adapters.lessons import OrmLessons
from contexts.tutoring.adapters.people import people
from contexts.tutoring.api.tutors import leave_tutoring
from contexts.tutoring.application.lessons import LessonLife
from contexts.tutoring.events import PersonErased

atomic = for_context("tutoring")
_life = LessonLife(lessons=OrmLessons())

PERSON_FIELDS = privacy.FIELDS
export_person = privacy.export_person


def register_people() -> None:
    """Let the command that rebuilds tables of people know tutoring's."""
    register(people)


def remember_person(*, person_id: UUID) -> None:
    """Take a person's name and time zone from identity, as they are now."""
    people.remember(person_id=person_id)


@atomic
def refresh_block(*, blocker_id: UUID, blocked_id: UUID, now: datetime) -> None:
    """Take over whether one blocks another; who does cancels what the two had before them."""
    people.refresh_block(blocker_id=blocker_id, blocked_id=blocked_id)
    if people.are_apart(blocker_id, blocked_id):
        for lesson_id in lessons.booked_between(blocker_id, blocked_id):
            _life.part_ways(lesson_id=lesson_id, by=blocker_id, now=now)


@atomic
def end_person(*, person_id: UUID, now: datetime) -> None:
    """An account has ended: nothing of its person stays open, and nobody finds them."""
    _wind_up(person_id, now)
    calendars.close(person_id=person_id)
    leave_tutoring(tutor_id=person_id)
    people.forget(person_id=person_id)


@atomic
def erase_person(*, person_id: UUID, now: datetime) -> None:
    """Forget a person; lessons stay with who else was in them."""
    _wind_up(person_id, now)
    privacy.erase_traces(person_id=person_id)
    people.forget(person_id=person_id)
    publish([PersonErased(occurred_at=now, person_id=person_id)])


def _wind_up(person_id: UUID, now: datetime) -> None:
    for lesson_id in lessons.open_of(person_id):
        _life.wind_up(lesson_id=lesson_id, now=now)
