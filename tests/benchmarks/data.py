"""Rows to measure on: both shipped courses, a catalogue of twenty, a hundred learners."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from contexts.shared.kernel import now
from tests.factories.courses import (
    CourseFactory,
    EnrollmentFactory,
    published_course,
    reviewed,
    words_of,
)
from tests.factories.identity import UserFactory, access_token

PACKS = Path(__file__).resolve().parents[2] / "contexts/courses/packs"
LEARNERS = 100
CATALOGUE = 20
# People judge these, not a machine.
WRITTEN = {"write", "correct"}


@dataclass(frozen=True, slots=True)
class Learner:
    id: UUID
    enrollment: UUID
    version: UUID
    token: str


def fill() -> list[Learner]:
    """Make the rows. Return their learners."""
    course = published_course(PACKS / "es-from-en")
    published_course(PACKS / "en-from-es")
    CourseFactory.create_batch(CATALOGUE - 2)
    words = words_of(course.current_id)
    return [_learner(course, words) for _ in range(LEARNERS)]


def _learner(course: Any, words: list[str]) -> Learner:
    user = UserFactory()
    enrollment = EnrollmentFactory(learner_id=user.id, course=course)
    reviewed(enrollment, words, first=now() - timedelta(days=30))
    return Learner(user.id, enrollment.id, enrollment.version_id, access_token(user))
