"""What the use cases need of the world, in our own words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contexts.courses.domain.cards import Card
from contexts.courses.domain.enrollments import Enrollment
from contexts.courses.domain.exercises import AnyExercise
from contexts.courses.domain.grading.verdicts import Accents, Grade
from contexts.courses.domain.packs import Course
from contexts.courses.domain.reviews import MemoryState


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentCourse:
    """What a newcomer gets of a course."""

    key: str
    version_id: UUID
    language: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer to be kept: the attempt, its grade and when."""

    attempt_id: UUID
    lesson: str
    exercise: str
    answer: Mapping[str, Any]
    grade: Grade
    items: tuple[str, ...]
    answered_at: datetime
    duration_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedExercise:
    """An exercise of a learner's version, with the lesson it stands in."""

    lesson: str
    exercise: AnyExercise
    accents: Accents


class Entitlements(Protocol):
    def has_premium(self, learner_id: UUID, *, now: datetime) -> bool: ...


class Drafts(Protocol):
    def keep(
        self,
        *,
        submission_id: UUID,
        writer_id: UUID,
        text: str,
        language: str,
        level: str,
        prompt: str,
        now: datetime,
    ) -> None:
        """Reserve a place for a text with those who will read it; idempotent by its id."""
        ...


class Catalogue(Protocol):
    def current(self, course: str) -> CurrentCourse:
        """Raises CourseNotFound."""
        ...

    def publish(self, pack: Course, *, now: datetime) -> bool:
        """Make the pack the course's newest version; False when it already is."""
        ...


class Enrollments(Protocol):
    def find(self, *, learner_id: UUID, course: str) -> UUID | None: ...

    def add(self, enrollment: Enrollment, *, now: datetime) -> None:
        """Raises AlreadyEnrolled when a twin was faster."""
        ...

    def take(self, enrollment_id: UUID, *, learner_id: UUID) -> Enrollment:
        """The learner's own, locked until the transaction ends. Raises EnrollmentNotFound."""
        ...

    def take_for_answer(
        self, enrollment_id: UUID, *, learner_id: UUID, exercise: str
    ) -> tuple[Enrollment, AskedExercise]:
        """The same, with the exercise. Raises ExerciseNotFound, too."""
        ...

    def memories(
        self, enrollment_id: UUID, *, items: Collection[str]
    ) -> dict[str, MemoryState]: ...

    def save_answer(
        self, enrollment: Enrollment, answered: Answered, memories: Mapping[str, MemoryState]
    ) -> None:
        """Raises AlreadyAnswered when the enrollment has an attempt of this id."""
        ...

    def newest_in(self, *, learner_id: UUID, language: str) -> UUID | None:
        """The learner's latest enrollment in a course of this language (primary subtag)."""
        ...

    def add_card(self, enrollment: Enrollment, card: Card, *, now: datetime) -> bool:
        """False when the card is there already."""
        ...

    def lesson_exercises(self, version_id: UUID, lesson: str) -> tuple[str, ...]:
        """Raises LessonNotFound."""
        ...

    def last_passes(self, enrollment_id: UUID, lesson: str) -> dict[str, bool]:
        """Of each answered exercise of a lesson, whether the last attempt was right."""
        ...

    def is_completed(self, enrollment_id: UUID, lesson: str) -> bool: ...

    def save_completion(
        self, enrollment: Enrollment, *, lesson: str, exercises: int, correct: int, now: datetime
    ) -> None: ...

    def move(self, enrollment: Enrollment) -> None:
        """Keep the enrollment's new version."""
        ...
