"""Rows to measure on: both shipped courses, a catalogue of twenty, a hundred learners."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from contexts.courses.models import Course, Enrollment, Memory, Word
from contexts.shared.kernel import now
from tests.factories.courses import CourseFactory, EnrollmentFactory, published_course
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
    words = list(Word.objects.filter(version=course.current).values_list("key", flat=True))
    return [_learner(course, words) for _ in range(LEARNERS)]


def _learner(course: Course, words: list[str]) -> Learner:
    user = UserFactory()
    enrollment = EnrollmentFactory(learner_id=user.id, course=course)
    started = now() - timedelta(days=30)
    Memory.objects.bulk_create(
        _memory(enrollment, word, started + timedelta(minutes=position))
        for position, word in enumerate(words)
    )
    return Learner(user.id, enrollment.id, enrollment.version_id, access_token(user))


def _memory(enrollment: Enrollment, word: str, at: datetime) -> Memory:
    return Memory(
        enrollment=enrollment,
        learner_id=enrollment.learner_id,
        word_key=word,
        last_review_at=at,
        due_at=at + timedelta(days=20),
        stability=21.5,
        difficulty=5.25,
        state="review",
        step=None,
        model_version="fsrs-6.default",
    )
