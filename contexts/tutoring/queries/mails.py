"""Lessons as the mails to their participants name them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.models import Lesson, Person, kept_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedLesson:
    """A lesson for one participant. `other` is empty after a block or an erasure."""

    id: UUID
    role: Literal["learner", "tutor"]
    other: str
    language: str
    starts_at: datetime
    ends_at: datetime
    state: LessonState
    absent: str
    decides_at: datetime | None


def mailed_lesson(lesson_id: UUID, *, to: UUID) -> MailedLesson | None:
    """Return a lesson for a mail to a participant, None if the person is no participant."""
    mine = Q(learner_id=to) | Q(tutor_id=to)
    other = Case(When(learner_id=to, then=F("tutor_id")), default=F("learner_id"))
    named = Person.objects.filter(~kept_apart(to, OuterRef("pk")), pk=OuterRef("other_id"))
    found = Lesson.objects.filter(mine, pk=lesson_id).annotate(other_id=other)
    row = found.annotate(other=Subquery(named.values("display_name")[:1])).first()
    if row is None:
        return None
    return MailedLesson(
        id=row.pk,
        role="learner" if row.learner_id == to else "tutor",
        other=row.other or "",
        language=row.language,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        state=LessonState(row.state),
        absent=row.absent,
        decides_at=row.decides_at,
    )
