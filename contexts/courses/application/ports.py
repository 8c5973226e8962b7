"""Ports of the use cases."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contexts.courses.domain.cards import Card
from contexts.courses.domain.enrollments import Enrollment
from contexts.courses.domain.exercises import AnyExercise
from contexts.courses.domain.grading.verdicts import Accents, Grade
from contexts.courses.domain.reviews import Answered, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentCourse:
    """A course on its current version."""

    key: str
    version_id: UUID
    language: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A graded answer to be stored."""

    answered: Answered
    lesson: str
    exercise: str
    answer: Mapping[str, Any]
    grade: Grade
    items: tuple[str, ...]
    duration_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedExercise:
    """An exercise of a learner's version, with its lesson and the course's accent rule."""

    lesson: str
    exercise: AnyExercise
    accents: Accents


class Entitlements(Protocol):
    def has_premium(self, learner_id: UUID, *, now: datetime) -> bool: ...


class Writings(Protocol):
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
    ) -> UUID:
        """Hand a text to the community, and return its id. Idempotent by that id."""
        ...


class Catalogue(Protocol):
    def current(self, course: str) -> CurrentCourse:
        """Raises CourseNotFound."""
        ...


class EnrollmentRepository(Protocol):
    def find(self, *, learner_id: UUID, course: str) -> UUID | None: ...

    def find_newest(self, *, learner_id: UUID, language: str) -> UUID | None:
        """Return the latest enrollment in a course of this language (primary subtag)."""
        ...

    def add(self, enrollment: Enrollment, *, now: datetime) -> None:
        """Raises AlreadyEnrolled if a parallel call was faster."""
        ...

    def take(self, enrollment_id: UUID, *, learner_id: UUID) -> Enrollment:
        """Return the learner's enrollment, locked. Raises EnrollmentNotFound."""
        ...

    def move(self, enrollment: Enrollment) -> None:
        """Store the enrollment's version."""
        ...


class AnswerRepository(Protocol):
    def take(
        self, enrollment_id: UUID, *, learner_id: UUID, exercise: str
    ) -> tuple[Enrollment, PlacedExercise]:
        """Return the learner's enrollment, locked, with an exercise.

        Raises EnrollmentNotFound, ExerciseNotFound.
        """
        ...

    def traces(self, enrollment_id: UUID, answered: Answered) -> dict[str, Trace]:
        """Return what is known of the items of an answer. New items are omitted.

        A showing is told only of items without a memory.
        """
        ...

    def log(self, enrollment: Enrollment, items: Collection[str]) -> list[Answered]:
        """Return all earlier answers about some items, in any order."""
        ...

    def save(self, enrollment: Enrollment, attempt: Attempt, traces: Mapping[str, Trace]) -> None:
        """Raises AlreadyAnswered if the enrollment has an attempt of this id."""
        ...


class LessonRepository(Protocol):
    def exercises(self, version_id: UUID, lesson: str) -> tuple[str, ...]:
        """Return the keys of a lesson's exercises. Raises LessonNotFound."""
        ...

    def last_passes(self, enrollment_id: UUID, lesson: str) -> dict[str, bool]:
        """Return of each answered exercise whether its last attempt was accepted."""
        ...

    def is_completed(self, enrollment_id: UUID, lesson: str) -> bool: ...

    def save_completion(
        self, enrollment: Enrollment, *, lesson: str, exercises: int, correct: int, now: datetime
    ) -> None: ...


class CardRepository(Protocol):
    def add(self, enrollment: Enrollment, card: Card, *, now: datetime) -> bool:
        """Return False if the card exists."""
        ...
