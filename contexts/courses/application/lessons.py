"""Completing lessons."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.courses.application.ports import EnrollmentRepository, LessonRepository


@dataclass(frozen=True)
class Lessons:
    enrollments: EnrollmentRepository
    lessons: LessonRepository

    def complete(
        self, *, enrollment_id: UUID, learner_id: UUID, lesson: str, now: datetime
    ) -> None:
        """Complete a lesson. Does nothing if it is completed.

        Raises EnrollmentNotFound, LessonNotFound, LessonUnfinished.
        """
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        exercises = self.lessons.exercises(enrollment.version_id, lesson)
        if self.lessons.is_completed(enrollment_id, lesson):
            return
        correct = enrollment.complete(
            lesson=lesson,
            exercises=exercises,
            passed=self.lessons.last_passes(enrollment_id, lesson),
            now=now,
        )
        self.lessons.save_completion(
            enrollment, lesson=lesson, exercises=len(exercises), correct=correct, now=now
        )
