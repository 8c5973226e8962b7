"""Lessons as their participants see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import django_filters
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from contexts.shared.http.filters import InstantFilter
from contexts.shared.kernel.shapes import from_row
from contexts.tutoring import models as rows
from contexts.tutoring.domain import rooms
from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.lesson_refusals import LessonNotFound
from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.domain.policies import LEARNER, TUTOR
from contexts.tutoring.queries.people import Participant, apart, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedLesson:
    """A lesson of the caller. A participant who has left the platform is null."""

    id: UUID
    role: Annotated[Literal["learner", "tutor"], "The caller's part."]
    state: LessonState
    learner: Participant | None
    tutor: Participant | None
    language: str
    starts_at: datetime
    ends_at: datetime
    policy: Annotated[str, "As agreed at booking."]
    cost: Annotated[int, "In hundredths of a lesson credit, as agreed at booking."]
    bound: Annotated[bool, "Moved so late that it can no longer be canceled."]
    moved: int
    spent_percent: Annotated[int | None, "Of the cost."]
    ended_by: Literal["learner", "tutor", "system", ""]
    absent: Annotated[
        Literal["learner", "tutor", "both", ""], "Said to be absent while reported or disputed."
    ]
    decides_at: Annotated[
        datetime | None, "Until then the absent one may answer; of a dispute, staff decide."
    ]
    created_at: datetime


class LessonFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(
        choices=[(state.value, state.value) for state in LessonState]
    )
    role = django_filters.ChoiceFilter(choices=[(LEARNER, LEARNER), (TUTOR, TUTOR)])
    # `from` is a keyword of Python.
    locals()["from"] = InstantFilter(field_name="starts_at", lookup_expr="gte")
    to = InstantFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = rows.Lesson
        fields = ["state"]


def lessons_of(person_id: UUID) -> QuerySet[rows.Lesson]:
    """A person's lessons, without those that a block hides and without refused bookings."""
    return _seen_by(person_id).exclude(state=LessonState.LAPSED)


def _seen_by(person_id: UUID) -> QuerySet[rows.Lesson]:
    mine = Q(learner_id=person_id) | Q(tutor_id=person_id)
    found = rows.Lesson.objects.filter(mine).exclude(
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


def to_lesson(row: Any) -> BookedLesson:
    learner = _person(row.learner_id, row.learner_name)
    tutor = _person(row.tutor_id, row.tutor_name)
    return from_row(BookedLesson, row, learner=learner, tutor=tutor)


def room_is_open(lesson: BookedLesson, *, now: datetime) -> bool:
    """Whether its participants may enter now."""
    slot = Slot(lesson.starts_at, lesson.ends_at)
    state = LessonState(lesson.state)
    can_enter = state is LessonState.BOOKED or state.waits
    return rooms.is_open(slot, now=now) and can_enter


def _person(person_id: UUID | None, name: str | None) -> Participant | None:
    return Participant(id=person_id, name=name or "") if person_id else None


def lesson(lesson_id: UUID, *, seen_by: UUID) -> BookedLesson:
    """Raises LessonNotFound, also for another person's lesson."""
    row = _seen_by(seen_by).filter(pk=lesson_id).first()
    if row is None:
        raise LessonNotFound
    return to_lesson(row)
