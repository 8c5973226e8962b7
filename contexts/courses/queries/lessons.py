"""Lessons of a learner's version, as they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from contexts.courses import models as rows
from contexts.courses.domain.enrollments import EnrollmentNotFound, LessonNotFound, PremiumRequired
from contexts.courses.domain.exercises import PresentedExercise
from contexts.courses.queries.catalogue import Texts
from contexts.shared.database.statements.prepared import Prepared, id_param, text_param


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson's exercises in the learner's version, without their answers."""

    lesson: str
    unit: str
    title: Texts
    version: UUID
    premium: bool
    exercises: list[PresentedExercise]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLesson:
    """The first open lesson that is not completed."""

    lesson: Annotated[Lesson | None, "Null when all lessons are completed."]


class LessonRow(NamedTuple):
    key: str
    unit_key: str
    title: Texts
    version_id: UUID
    premium: bool
    exercises: list[PresentedExercise]


def _lessons_of(enrollment: Any, learner: Any) -> QuerySet[rows.Lesson]:
    mine = rows.Enrollment.objects.filter(pk=enrollment, learner_id=learner)
    return rows.Lesson.objects.filter(version__in=mine.values("version"))


def _first_open(*, free: bool = False) -> QuerySet[Any, Any]:
    enrollment = id_param("enrollment")
    done = rows.LessonCompletion.objects.filter(enrollment=enrollment, lesson_key=OuterRef("key"))
    lessons = _lessons_of(enrollment, id_param("learner")).filter(~Exists(done))
    if free:
        lessons = lessons.filter(premium=False)
    return lessons.order_by("position").values_list(*LessonRow._fields)[:1]


def _named() -> QuerySet[Any, Any]:
    lessons = _lessons_of(id_param("enrollment"), id_param("learner"))
    return lessons.filter(key=text_param("key")).values_list(*LessonRow._fields)


_NEXT_LESSON = Prepared("courses", LessonRow, _first_open)
_NEXT_FREE_LESSON = Prepared("courses", LessonRow, lambda: _first_open(free=True))
_NAMED_LESSON = Prepared("courses", LessonRow, _named)


def lesson(enrollment_id: UUID, key: str, *, learner_id: UUID, now: datetime) -> Lesson:
    """Return a lesson of the learner's version.

    Raises EnrollmentNotFound, LessonNotFound, PremiumRequired.
    """
    row = _NAMED_LESSON.first(enrollment=enrollment_id, learner=learner_id, key=key)
    if row is None:
        _require(enrollment_id, learner_id)
        raise LessonNotFound(lesson=key)
    if row.premium and not has_premium(learner_id, now=now):
        raise PremiumRequired
    return _lesson(row)


def has_premium(learner_id: UUID, *, now: datetime) -> bool:
    """Return whether premium lessons are open to the learner."""
    return rows.Learner.objects.filter(pk=learner_id, premium_until__gt=now).exists()


def next_lesson(enrollment_id: UUID, *, learner_id: UUID, now: datetime) -> Lesson | None:
    """Return the first open lesson that is not completed, None if all are completed.

    Raises EnrollmentNotFound.
    """
    row = _NEXT_LESSON.first(enrollment=enrollment_id, learner=learner_id)
    if row is not None and row.premium and not has_premium(learner_id, now=now):
        row = _NEXT_FREE_LESSON.first(enrollment=enrollment_id, learner=learner_id)
        return row and _lesson(row)
    if row is None:
        _require(enrollment_id, learner_id)
        return None
    return _lesson(row)


def next_lessons(
    enrollments: Sequence[UUID], *, learner_id: UUID, now: datetime
) -> dict[UUID, Lesson]:
    """Return the next lesson of several enrollments, in three statements.

    Enrollments that are finished or belong to another person are omitted.
    """
    done = rows.LessonCompletion.objects.filter(
        enrollment=OuterRef(OuterRef("pk")), lesson_key=OuterRef("key")
    )
    open_lessons = rows.Lesson.objects.filter(~Exists(done), version=OuterRef("version"))
    if not has_premium(learner_id, now=now):
        open_lessons = open_lessons.filter(premium=False)
    return _first_of_each(enrollments, learner_id, open_lessons.order_by("position"))


def lessons_named(
    enrollments: Sequence[UUID], key: str, *, learner_id: UUID, now: datetime
) -> dict[UUID, Lesson]:
    """Return the lesson of this key in each of the learner's versions, in two statements.

    Versions without it are omitted. Raises PremiumRequired if one is closed to the learner.
    """
    named = rows.Lesson.objects.filter(version=OuterRef("version"), key=key)
    found = _first_of_each(enrollments, learner_id, named)
    if any(one.premium for one in found.values()) and not has_premium(learner_id, now=now):
        raise PremiumRequired
    return found


def _first_of_each(
    enrollments: Sequence[UUID], learner_id: UUID, wanted: QuerySet[rows.Lesson]
) -> dict[UUID, Lesson]:
    mine = rows.Enrollment.objects.filter(pk__in=enrollments, learner_id=learner_id)
    chosen = mine.annotate(chosen=Subquery(wanted.values("pk")[:1]))
    lesson_of = dict(chosen.exclude(chosen=None).values_list("pk", "chosen"))
    found = rows.Lesson.objects.in_bulk(set(lesson_of.values()))
    return {enrollment_id: _lesson(found[pk]) for enrollment_id, pk in lesson_of.items()}


def _require(enrollment_id: UUID, learner_id: UUID) -> None:
    if not rows.Enrollment.objects.filter(pk=enrollment_id, learner_id=learner_id).exists():
        raise EnrollmentNotFound


def _lesson(row: rows.Lesson | LessonRow) -> Lesson:
    return Lesson(
        lesson=row.key,
        unit=row.unit_key,
        title=row.title,
        version=row.version_id,
        premium=row.premium,
        exercises=row.exercises,
    )
