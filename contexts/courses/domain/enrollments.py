"""Enrollments: reviews by answers, and the completion of lessons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.courses.domain.reviews import MemoryState, Scheduler
from contexts.courses.events import (
    ItemReviewed,
    LearnerEnrolled,
    LessonCompleted,
    WritingSubmitted,
)
from contexts.shared.kernel import Aggregate, Conflict, Forbidden, NotFound


class CourseNotFound(NotFound):
    code = "course_not_found"
    message = "There is no course “{course}”."


class UnitNotFound(NotFound):
    code = "unit_not_found"
    message = "The course has no such unit."


class EnrollmentNotFound(NotFound):
    code = "enrollment_not_found"
    message = "You have no such enrollment."


class LessonNotFound(NotFound):
    code = "lesson_not_found"
    message = "Your version of the course has no lesson “{lesson}”."


class ExerciseNotFound(NotFound):
    code = "exercise_not_found"
    message = "Your version of the course has no exercise “{exercise}”."


class PremiumRequired(Forbidden):
    code = "premium_required"
    message = "This lesson needs Premium. Subscribe to open it."


class LessonUnfinished(Conflict):
    code = "lesson_unfinished"
    message = "This lesson has unanswered exercises ({missing_count}). Answer them to complete it."


@dataclass(kw_only=True, eq=False)
class Enrollment(Aggregate):
    """A learner in a course, on one of its versions."""

    id: UUID
    learner_id: UUID
    course: str
    version_id: UUID

    def begin(self, *, language: str, level: str, now: datetime) -> None:
        self.record(
            LearnerEnrolled(
                occurred_at=now,
                learner_id=self.learner_id,
                enrollment_id=self.id,
                course=self.course,
                language=language,
                level=level,
            )
        )

    def review(
        self,
        *,
        items: Collection[str],
        rating: int,
        memories: Mapping[str, MemoryState],
        scheduler: Scheduler,
        now: datetime,
    ) -> dict[str, MemoryState]:
        """Return the new memory of each item of an exercise."""
        reviewed = {}
        for item in items:
            before = memories.get(item)
            # Two servers' clocks may disagree a little. Time in a log never runs back.
            at = max(now, before.last_review) if before else now
            after = scheduler.review(before, rating=rating, at=at)
            reviewed[item] = after
            self.record(
                ItemReviewed(
                    occurred_at=now,
                    learner_id=self.learner_id,
                    enrollment_id=self.id,
                    course=self.course,
                    item=item,
                    rating=rating,
                    due_at=after.due,
                )
            )
        return reviewed

    def hand_in(self, *, submission_id: UUID, exercise: str, language: str, now: datetime) -> None:
        """Record that the community has a writing."""
        self.record(
            WritingSubmitted(
                occurred_at=now,
                submission_id=submission_id,
                learner_id=self.learner_id,
                enrollment_id=self.id,
                course=self.course,
                exercise=exercise,
                language=language,
            )
        )

    def complete(
        self,
        *,
        lesson: str,
        exercises: Collection[str],
        passed: Mapping[str, bool],
        now: datetime,
    ) -> int:
        """Complete a lesson and return how many of its exercises were right.

        `passed` holds whether the last attempt at each answered exercise was accepted.
        Raises LessonUnfinished if an exercise has no answer.
        """
        missing = [key for key in exercises if key not in passed]
        if missing:
            raise LessonUnfinished(lesson=lesson, missing=missing, missing_count=len(missing))
        correct = sum(passed[key] for key in exercises)
        self.record(
            LessonCompleted(
                occurred_at=now,
                learner_id=self.learner_id,
                enrollment_id=self.id,
                course=self.course,
                lesson=lesson,
                exercises=len(exercises),
                correct=correct,
            )
        )
        return correct
