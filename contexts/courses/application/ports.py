"""What the use cases need of the world, in our own words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from contexts.courses.domain.content import Course
from contexts.courses.domain.exercises import Exercise
from contexts.courses.domain.learning import Enrollment
from contexts.courses.domain.memory import MemoryState
from contexts.courses.domain.verdicts import Accents, Grade


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
    exercise: Exercise
    accents: Accents


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
