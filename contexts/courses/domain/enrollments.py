"""Enrollments: reviews by answers, and the completion of lessons."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.courses.domain.reviews import (
    Answered,
    Scheduler,
    Trace,
    late_items,
    replay,
)
from contexts.courses.events import (
    ItemReviewed,
    LearnerEnrolled,
    LessonCompleted,
    WritingSubmitted,
)
from contexts.shared.kernel import Aggregate, Conflict, Forbidden, Invalid, NotFound


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


class AnsweredAtOdds(Invalid):
    """The client's time of an answer cannot be true."""

    code = "answered_at_out_of_bounds"
    message = "The answer cannot be of {answered_at}. Send a time from {earliest} to now, or none."


# A device's clock may be a little fast.
CLOCKS_DIFFER = timedelta(minutes=5)
LONGEST_OFFLINE = timedelta(days=60)


@dataclass(kw_only=True, eq=False)
class Enrollment(Aggregate):
    """A learner in a course, on one of its versions. `time_zone` is the learner's at present."""

    id: UUID
    learner_id: UUID
    course: str
    version_id: UUID
    enrolled_at: datetime
    time_zone: str = "UTC"
    zone_is_known: bool = True

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

    def time_of_answer(self, answered_at: datetime | None, *, now: datetime) -> datetime:
        """Return the time of an answer that may have waited on a device; at most `now`.

        Raises AnsweredAtOdds before the enrollment, in the future and after too long.
        """
        if answered_at is None:
            return now
        earliest = max(self.enrolled_at - CLOCKS_DIFFER, now - LONGEST_OFFLINE)
        if not earliest <= answered_at <= now + CLOCKS_DIFFER:
            raise AnsweredAtOdds(answered_at=answered_at.isoformat(), earliest=earliest.isoformat())
        return min(answered_at, now)

    def review(
        self,
        answered: Answered,
        *,
        traces: Mapping[str, Trace],
        log: Collection[Answered],
        scheduler: Scheduler,
        now: datetime,
    ) -> dict[str, Trace]:
        """Return the new trace of each item of an answer.

        `log` holds earlier answers about the items of `late_items`: with them, answers that
        arrive late leave the memory that they would have left in time.
        """
        late, whole = late_items(answered, traces, scheduler=scheduler), [*log, answered]
        reviewed = {}
        for item in answered.ratings:
            before = traces.get(item, Trace())
            after = before.after(answered, item, scheduler=scheduler)
            if item in late:
                before = replay(whole, item, scheduler=scheduler, until=answered.attempt_id)
                after = replay(whole, item, scheduler=scheduler)
            reviewed[item] = after
            if after.state is not None:
                self.record(
                    ItemReviewed(
                        occurred_at=now,
                        learner_id=self.learner_id,
                        enrollment_id=self.id,
                        course=self.course,
                        item=item,
                        rating=answered.ratings[item],
                        due_at=after.state.due,
                        is_new=before.state is None,
                        was_due=before.is_due(answered.moment.at),
                        recall_percent=before.recall_percent(answered.moment, scheduler=scheduler),
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
