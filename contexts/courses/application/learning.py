"""The write side of learning: enroll, answer, complete, move on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.courses.application.ports import Answered, Catalogue, Enrollments
from contexts.courses.domain.learning import Enrollment
from contexts.courses.domain.memory import Scheduler
from contexts.courses.domain.verdicts import Grade, GradingPolicy, KnownWords
from contexts.shared.kernel import Conflict


class AlreadyEnrolled(Conflict):
    code = "already_enrolled"
    message = "You are enrolled in this course."


class AlreadyAnswered(Conflict):
    """The attempt is already kept; its first grade stands."""

    code = "already_answered"
    message = "This attempt was answered before."


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What the learner is told of an answer; `due_at` is when its words come back, by word."""

    attempt_id: UUID
    exercise: str
    lesson: str
    grade: Grade
    answered_at: datetime
    due_at: Mapping[str, datetime]


@dataclass(frozen=True)
class Learning:
    catalogue: Catalogue
    enrollments: Enrollments
    scheduler: Scheduler
    words: KnownWords

    def enroll(self, *, enrollment_id: UUID, learner_id: UUID, course: str, now: datetime) -> UUID:
        """Begin a course on its current version; a second time gives the first enrollment."""
        current = self.catalogue.current(course)
        existing = self.enrollments.find(learner_id=learner_id, course=course)
        if existing is not None:
            return existing
        enrollment = Enrollment(
            id=enrollment_id, learner_id=learner_id, course=course, version_id=current.version_id
        )
        enrollment.begin(language=current.language, level=current.level, now=now)
        self.enrollments.add(enrollment, now=now)
        return enrollment.id

    def answer(
        self,
        *,
        enrollment_id: UUID,
        learner_id: UUID,
        attempt_id: UUID,
        exercise: str,
        answer: Mapping[str, Any],
        duration_ms: int | None,
        now: datetime,
    ) -> Graded:
        """Grade an answer, keep it and schedule its words.

        Returns the grade itself, so that the learner is told without another read. Raises
        AlreadyAnswered for an attempt that is kept, MalformedAnswer for a shape that the
        exercise does not take.
        """
        enrollment, asked = self.enrollments.take_for_answer(
            enrollment_id, learner_id=learner_id, exercise=exercise
        )
        policy = GradingPolicy(accents=asked.accents)
        grade = asked.exercise.grade(answer, words=self.words, policy=policy)
        items = asked.exercise.uses
        reviewed = enrollment.review(
            items=items,
            rating=grade.rating,
            memories=self.enrollments.memories(enrollment_id, items=items),
            scheduler=self.scheduler,
            now=now,
        )
        answered = Answered(
            attempt_id=attempt_id,
            lesson=asked.lesson,
            exercise=exercise,
            answer=answer,
            grade=grade,
            items=items,
            answered_at=now,
            duration_ms=duration_ms,
        )
        self.enrollments.save_answer(enrollment, answered, reviewed)
        return Graded(
            attempt_id=attempt_id,
            exercise=exercise,
            lesson=asked.lesson,
            grade=grade,
            answered_at=now,
            due_at={item: state.due for item, state in reviewed.items()},
        )

    def complete_lesson(
        self, *, enrollment_id: UUID, learner_id: UUID, lesson: str, now: datetime
    ) -> None:
        """Finish a lesson all of whose exercises have an answer; a second time changes nothing."""
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        exercises = self.enrollments.lesson_exercises(enrollment.version_id, lesson)
        if self.enrollments.is_completed(enrollment_id, lesson):
            return
        correct = enrollment.complete(
            lesson=lesson,
            exercises=exercises,
            passed=self.enrollments.last_passes(enrollment_id, lesson),
            now=now,
        )
        self.enrollments.save_completion(
            enrollment, lesson=lesson, exercises=len(exercises), correct=correct, now=now
        )

    def move_on(self, *, enrollment_id: UUID, learner_id: UUID) -> None:
        """Take the course's newest version; progress and memory stay with their ids."""
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        enrollment.version_id = self.catalogue.current(enrollment.course).version_id
        self.enrollments.move(enrollment)
