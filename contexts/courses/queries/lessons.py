"""Lessons of a learner's version, as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from contexts.courses.domain.content import Texts
from contexts.courses.domain.learning import (
    EnrollmentNotFound,
    LessonNotFound,
)
from contexts.courses.models import (
    Enrollment,
    Lesson,
    LessonCompletion,
)
from contexts.shared.database.prepared import Prepared, given_id, given_text


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonContent:
    lesson: str
    unit: str
    title: Texts
    version: UUID
    exercises: list[dict[str, Any]]


class LessonRow(NamedTuple):
    key: str
    unit_key: str
    title: Texts
    version_id: UUID
    exercises: list[dict[str, Any]]


def _lessons_of(enrollment: Any, learner: Any) -> QuerySet[Lesson]:
    mine = Enrollment.objects.filter(pk=enrollment, learner_id=learner)
    return Lesson.objects.filter(version__in=mine.values("version"))


def _first_open() -> QuerySet[Any, Any]:
    enrollment = given_id("enrollment")
    done = LessonCompletion.objects.filter(enrollment=enrollment, lesson_key=OuterRef("key"))
    lessons = _lessons_of(enrollment, given_id("learner")).filter(~Exists(done))
    return lessons.order_by("position").values_list(*LessonRow._fields)[:1]


def _named() -> QuerySet[Any, Any]:
    lessons = _lessons_of(given_id("enrollment"), given_id("learner"))
    return lessons.filter(key=given_text("key")).values_list(*LessonRow._fields)


_NEXT_LESSON = Prepared("courses", LessonRow, _first_open)
_NAMED_LESSON = Prepared("courses", LessonRow, _named)


def lesson(enrollment_id: UUID, key: str, *, learner_id: UUID) -> LessonContent:
    """A lesson of the learner's version. Raises EnrollmentNotFound or LessonNotFound."""
    row = _NAMED_LESSON.first(enrollment=enrollment_id, learner=learner_id, key=key)
    if row is None:
        _require(enrollment_id, learner_id)
        raise LessonNotFound(lesson=key)
    return _content(row)


def next_lesson(enrollment_id: UUID, *, learner_id: UUID) -> LessonContent | None:
    """The first lesson that is not completed; None when all are. Raises EnrollmentNotFound."""
    row = _NEXT_LESSON.first(enrollment=enrollment_id, learner=learner_id)
    if row is None:
        _require(enrollment_id, learner_id)
        return None
    return _content(row)


def next_lessons(enrollments: Sequence[UUID], *, learner_id: UUID) -> dict[UUID, LessonContent]:
    """The same for many, in two queries; what is finished or somebody else's is left out."""
    done = LessonCompletion.objects.filter(
        enrollment=OuterRef(OuterRef("pk")), lesson_key=OuterRef("key")
    )
    open_lessons = Lesson.objects.filter(~Exists(done), version=OuterRef("version"))
    return _first_of_each(enrollments, learner_id, open_lessons.order_by("position"))


def lessons_named(
    enrollments: Sequence[UUID], key: str, *, learner_id: UUID
) -> dict[UUID, LessonContent]:
    """The lesson of this key in each of the learner's versions that has it, in two queries."""
    named = Lesson.objects.filter(version=OuterRef("version"), key=key)
    return _first_of_each(enrollments, learner_id, named)


def _first_of_each(
    enrollments: Sequence[UUID], learner_id: UUID, wanted: QuerySet[Lesson]
) -> dict[UUID, LessonContent]:
    mine = Enrollment.objects.filter(pk__in=enrollments, learner_id=learner_id)
    chosen = mine.annotate(chosen=Subquery(wanted.values("pk")[:1]))
    lesson_of = dict(chosen.exclude(chosen=None).values_list("pk", "chosen"))
    found = Lesson.objects.in_bulk(set(lesson_of.values()))
    return {enrollment_id: _content(found[pk]) for enrollment_id, pk in lesson_of.items()}


def _require(enrollment_id: UUID, learner_id: UUID) -> None:
    if not Enrollment.objects.filter(pk=enrollment_id, learner_id=learner_id).exists():
        raise EnrollmentNotFound


def _content(row: Lesson | LessonRow) -> LessonContent:
    return LessonContent(
        lesson=row.key,
        unit=row.unit_key,
        title=row.title,
        version=row.version_id,
        exercises=row.exercises,
    )
