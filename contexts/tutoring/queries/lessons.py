"""Lessons as their learner and their tutor see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from contexts.shared.http.filters import InstantFilter
from contexts.tutoring.domain import rooms
from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.lessons import State
from contexts.tutoring.domain.policies import LEARNER, TUTOR
from contexts.tutoring.domain.lesson_refusals import LessonNotFound
from contexts.tutoring.models import Lesson
from contexts.tutoring.queries.people import PersonShown, apart, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonShown:
    """A lesson; `role` is the asker's part, and who is gone is null."""

    id: UUID
    role: str
    state: str
    learner: PersonShown | None
    tutor: PersonShown | None
    language: str
    starts_at: datetime
    ends_at: datetime
    policy: str
    bound: bool
    moved: int
    spent_percent: int | None
    ended_by: str
    absent: str
    created_at: datetime


class LessonFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=[(state.value, state.value) for state in State])
    role = django_filters.ChoiceFilter(choices=[(LEARNER, LEARNER), (TUTOR, TUTOR)])
    # `from` is a word of the language, too.
    locals()["from"] = InstantFilter(field_name="starts_at", lookup_expr="gte")
    to = InstantFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = Lesson
        fields = ["state"]


def lessons_of(person_id: UUID) -> QuerySet[Lesson]:
    """Lessons that a person has or gives, but for those with somebody whom they do not meet."""
    mine = Q(learner_id=person_id) | Q(tutor_id=person_id)
    found = Lesson.objects.filter(mine).exclude(
        apart(person_id, "learner_id") | apart(person_id, "tutor_id")
    )
    role = Case(
        When(learner_id=person_id, then=Value(LEARNER)),
        default=Value(TUTOR),
        output_field=CharField(),
    )
    return found.annotate(
        role=role, learner_name=name_of("learner_id"), tutor_name=name_of("tutor_id")
    )


def lesson_shown(row: Any) -> LessonShown:
    return LessonShown(
        id=row.pk,
        role=row.role,
        state=row.state,
        learner=_person(row.learner_id, row.learner_name),
        tutor=_person(row.tutor_id, row.tutor_name),
        language=row.language,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        policy=row.policy,
        bound=row.bound,
        moved=row.moved,
        spent_percent=row.spent_percent,
        ended_by=row.ended_by,
        absent=row.absent,
        created_at=row.created_at,
    )


def room_is_open(lesson: LessonShown, *, now: datetime) -> bool:
    """Whether its two may go in now."""
    slot = Slot(lesson.starts_at, lesson.ends_at)
    return rooms.is_open(slot, now=now) and lesson.state == State.BOOKED


def _person(person_id: UUID | None, name: str | None) -> PersonShown | None:
    return PersonShown(id=person_id, name=name or "") if person_id else None


def lesson(lesson_id: UUID, *, seen_by: UUID) -> LessonShown:
    """Raises LessonNotFound, also for somebody else's."""
    row = lessons_of(seen_by).filter(pk=lesson_id).first()
    if row is None:
        raise LessonNotFound
    return lesson_shown(row)
