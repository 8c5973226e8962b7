"""Learners of the tiny course and their acts."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from busuu.workshop.journey import answers
from contexts.courses import api
from contexts.courses.models import Enrollment
from contexts.shared.kernel import new_id, now
from tests.factories.courses import EnrollmentFactory, exercise_body

LESSON = "hello.l.greet"
EXERCISES = ("hello.e.card", "hello.e.choice", "hello.e.truth")


def learner_of(course: Any) -> Enrollment:
    """Return a new enrollment in a course."""
    enrollment: Enrollment = EnrollmentFactory(course=course)
    return enrollment


def answer(
    enrollment: Enrollment,
    exercise: str = EXERCISES[1],
    given: Mapping[str, Any] | None = None,
    *,
    attempt_id: UUID | None = None,
    learner_id: UUID | None = None,
    at: datetime | None = None,
) -> api.Graded:
    """Answer an exercise, rightly unless an answer is passed."""
    if given is None:
        given = answers.right(exercise_body(enrollment, exercise))
    return api.answer(
        enrollment_id=enrollment.pk,
        learner_id=learner_id or enrollment.learner_id,
        attempt_id=attempt_id or new_id(),
        exercise=exercise,
        answer=given,
        duration_ms=1_200,
        now=at or now(),
    )


def finish(enrollment: Enrollment, lesson: str = LESSON) -> None:
    for exercise in EXERCISES:
        answer(enrollment, exercise)
    complete(enrollment, lesson)


def complete(enrollment: Enrollment, lesson: str = LESSON) -> None:
    api.complete_lesson(
        enrollment_id=enrollment.pk,
        learner_id=enrollment.learner_id,
        lesson=lesson,
        now=now(),
    )


def revised(folder: Path, source: Path) -> Path:
    """Return a copy of a pack with another title."""
    target = folder / source.name
    for page in source.rglob("*.*"):
        copy = target / page.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = page.read_text(encoding="utf-8")
        copy.write_text(text.replace("Say hello", "Say hello again"), encoding="utf-8")
    return target
