"""Courses' published language."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class LearnerEnrolled(Event):
    """A learner began a course. `language` is what is taught (BCP 47)."""

    name: ClassVar[str] = "courses.learner_enrolled.v1"
    subject: ClassVar[str] = "learner_id"

    learner_id: UUID
    enrollment_id: UUID
    course: str
    language: str
    level: str


@dataclass(frozen=True, kw_only=True)
class LessonCompleted(Event):
    """A learner completed a lesson. `correct` counts exercises whose last attempt was accepted."""

    name: ClassVar[str] = "courses.lesson_completed.v1"
    subject: ClassVar[str] = "learner_id"

    learner_id: UUID
    enrollment_id: UUID
    course: str
    lesson: str
    exercises: int
    correct: int


@dataclass(frozen=True, kw_only=True)
class ItemReviewed(Event):
    """A learner reviewed a word or card. `rating` is FSRS's: 1 again to 4 easy.

    `recall_percent` is the probability of recall that the memory model expected before, None for
    a new item. `was_due` tells whether the review was due.
    """

    name: ClassVar[str] = "courses.item_reviewed.v1"
    subject: ClassVar[str] = "learner_id"

    learner_id: UUID
    enrollment_id: UUID
    course: str
    item: str
    rating: int
    due_at: datetime
    is_new: bool = False
    was_due: bool = False
    recall_percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class WritingSubmitted(Event):
    """A learner answered a writing task. Community has the text as `submission_id`."""

    name: ClassVar[str] = "courses.writing_submitted.v1"
    subject: ClassVar[str] = "learner_id"

    submission_id: UUID
    learner_id: UUID
    enrollment_id: UUID
    course: str
    exercise: str
    language: str


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Courses has erased its part of a person."""

    name: ClassVar[str] = "courses.person_erased.v1"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
