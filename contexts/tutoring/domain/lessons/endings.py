"""The ends of a lesson: lapsed, canceled, completed or missed."""

from datetime import datetime

from contexts.tutoring.domain.lesson_refusals import (
    LearnerMayReport,
    LessonNotOver,
    LessonStarted,
    NotThereYourself,
)
from contexts.tutoring.domain.lessons.record import LessonRecord
from contexts.tutoring.domain.lessons.states import LessonState
from contexts.tutoring.domain.policies import LEARNER, SYSTEM
from contexts.tutoring.events import LessonCanceled, LessonCompleted, LessonLapsed, LessonMissed


class LessonEndings(LessonRecord):
    """Each end decides the share of the credit that is spent."""

    def lapse(self, *, because: str, now: datetime) -> bool:
        """End a pending booking; return whether it was pending."""
        if self.state is not LessonState.PENDING:
            return False
        self.lapsed_because = because
        self._become(LessonState.LAPSED, by=SYSTEM, now=now)
        self.record(LessonLapsed(**self._facts(now)))
        return True

    def cancel(self, *, by: str, now: datetime) -> None:
        """Cancel the lesson before it starts. The policy decides the cost.

        Raises LessonNotBooked, LessonStarted, LessonBinding.
        """
        self._require_booked()
        if now >= self.starts_at:
            raise LessonStarted
        spent = self.terms.cancellation(by=by, starts_at=self.starts_at, now=now, bound=self.bound)
        self._cancel(by=by, spent_percent=spent, now=now)

    def cancel_by_system(self, *, now: datetime) -> bool:
        """Cancel without cost. Does nothing if the lesson has ended."""
        if self.state is not LessonState.BOOKED:
            return False
        self._cancel(by=SYSTEM, spent_percent=0, now=now)
        return True

    def part_ways(self, *, by: str, now: datetime) -> None:
        """Cancel because one participant blocks the other, as a late cancellation if need be."""
        if self.state is not LessonState.BOOKED or now >= self.starts_at:
            return
        late = by == LEARNER and self.bound
        spent = 100 if late else self.terms.cancellation(by=by, starts_at=self.starts_at, now=now)
        self._cancel(by=by, spent_percent=spent, now=now)

    def _cancel(self, *, by: str, spent_percent: int, now: datetime) -> None:
        self.spent_percent = spent_percent
        self.sequence += 1
        self._become(LessonState.CANCELED, by=by, now=now)
        self.record(LessonCanceled(**self._facts(now), by=by, spent_percent=spent_percent))

    def complete(self, *, by: str, now: datetime) -> None:
        """Complete the lesson, for its tutor. Does nothing if completed.

        Raises LessonNotBooked, LessonNotOver, NotThereYourself, LearnerMayReport.
        """
        if self.state is LessonState.COMPLETED:
            return
        self._require_booked()
        if now < self.ends_at:
            raise LessonNotOver(until=self.ends_at.isoformat())
        if self.presence.absent not in {"", LEARNER}:
            raise NotThereYourself
        if self.presence.waited_in_vain(LEARNER):
            until = self.terms.reports_end(ends_at=self.ends_at)
            raise LearnerMayReport(until=until.isoformat())
        self._complete(by=by, now=now)

    def _complete(self, *, by: str, now: datetime) -> None:
        self.spent_percent, self.absent, self.decides_at = 100, "", None
        self._become(LessonState.COMPLETED, by=by, now=now)
        self.record(
            LessonCompleted(**self._facts(now), starts_at=self.starts_at, ends_at=self.ends_at)
        )

    def _miss(self, *, absent: str, by: str, now: datetime) -> None:
        self.absent, self.decides_at = absent, None
        self.spent_percent = self.terms.absence(absent=absent)
        self._become(LessonState.MISSED, by=by, now=now)
        self.record(
            LessonMissed(**self._facts(now), absent=self.absent, spent_percent=self.spent_percent)
        )
