"""A learner's courses, and the progress in each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet

from contexts.courses import models as rows
from contexts.courses.domain.enrollments import CourseNotFound, EnrollmentNotFound
from contexts.courses.queries.catalogue import CourseKey, Texts
from contexts.shared.database.statements.prepared import Prepared, id_param
from contexts.shared.kernel import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """One of the caller's courses."""

    id: UUID
    course: CourseKey
    title: Texts
    language: str
    level: Level
    version: int
    newest_version: int
    enrolled_at: datetime
    lessons: int
    lessons_completed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonProgress:
    """The caller's progress in one lesson."""

    lesson: str
    title: Texts
    exercises: int
    answered: int
    completed_at: datetime | None
    correct: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The caller's progress in each lesson of a course."""

    lessons: list[LessonProgress]


class EnrollmentRow(NamedTuple):
    id: UUID
    course_id: str
    title: Mapping[str, str]
    language: str
    level: Level
    number: int
    newest_number: int | None
    enrolled_at: datetime
    lessons: int
    lessons_completed: int | None


def enrollments_of(learner_id: Any) -> QuerySet[rows.Enrollment]:
    """Return a learner's courses."""
    done = rows.LessonCompletion.objects.filter(enrollment=OuterRef("pk")).order_by()
    return rows.Enrollment.objects.filter(learner_id=learner_id).annotate(
        title=F("course__title"),
        language=F("course__language"),
        level=F("course__level"),
        number=F("version__number"),
        newest_number=F("course__current__number"),
        lessons=F("version__lessons_count"),
        lessons_completed=done.values("enrollment").annotate(n=Count("pk")).values("n"),
    )


def to_enrollment(row: Any) -> Enrollment:
    """Raises CourseNotFound if no version is published."""
    if row.newest_number is None:
        raise CourseNotFound(course=row.course_id)
    return Enrollment(
        id=row.id,
        course=row.course_id,
        title=row.title,
        language=row.language,
        level=row.level,
        version=row.number,
        newest_version=row.newest_number,
        enrolled_at=row.enrolled_at,
        lessons=row.lessons,
        lessons_completed=row.lessons_completed or 0,
    )


def _enrollment() -> QuerySet[Any, Any]:
    mine = enrollments_of(id_param("learner")).filter(pk=id_param("enrollment"))
    return mine.values_list(*EnrollmentRow._fields)


_ENROLLMENT = Prepared("courses", EnrollmentRow, _enrollment)


def enrollment(enrollment_id: UUID, *, learner_id: UUID) -> Enrollment:
    """Raises EnrollmentNotFound, also for another person's enrollment."""
    row = _ENROLLMENT.first(enrollment=enrollment_id, learner=learner_id)
    if row is None:
        raise EnrollmentNotFound
    return to_enrollment(row)


def progress(enrollment_id: UUID, *, learner_id: UUID) -> Progress:
    """Return the progress in every lesson of the learner's version. Raises EnrollmentNotFound."""
    found = progress_by_enrollment([enrollment_id], learner_id=learner_id)
    if enrollment_id not in found:
        raise EnrollmentNotFound
    return Progress(lessons=found[enrollment_id])


def progress_by_enrollment(
    enrollments: Sequence[UUID], *, learner_id: UUID
) -> dict[UUID, list[LessonProgress]]:
    """Return the progress in several enrollments, in three statements.

    Enrollments of other people are omitted.
    """
    mine = rows.Enrollment.objects.filter(pk__in=enrollments, learner_id=learner_id)
    outlines = dict(mine.values_list("pk", "version__outline"))
    if not outlines:
        return {}
    answered = _answered_by_lesson(outlines)
    completions = {
        (done.enrollment_id, done.lesson_key): done
        for done in rows.LessonCompletion.objects.filter(enrollment__in=outlines)
    }
    return {
        enrollment_id: [
            _lesson_progress(
                lesson,
                answered.get((enrollment_id, lesson["lesson"]), 0),
                completions.get((enrollment_id, lesson["lesson"])),
            )
            for unit in outline
            for lesson in unit["lessons"]
        ]
        for enrollment_id, outline in outlines.items()
    }


def _answered_by_lesson(enrollments: Collection[UUID]) -> dict[tuple[UUID, str], int]:
    attempts = rows.Attempt.objects.filter(enrollment__in=enrollments).order_by()
    counts = attempts.values("enrollment_id", "lesson_key").annotate(
        n=Count("exercise_key", distinct=True)
    )
    found = counts.values_list("enrollment_id", "lesson_key", "n")
    return {(enrollment_id, lesson): n for enrollment_id, lesson, n in found}


def _lesson_progress(
    lesson: dict[str, Any], answered: int, done: rows.LessonCompletion | None
) -> LessonProgress:
    return LessonProgress(
        lesson=lesson["lesson"],
        title=lesson["title"],
        exercises=lesson["exercises"],
        # Answers to exercises that the lesson no longer shows do not count.
        answered=min(answered, lesson["exercises"]),
        completed_at=done.completed_at if done else None,
        correct=done.correct if done else None,
    )
