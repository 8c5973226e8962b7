"""An absence: reported, answered or disputed, and decided; by itself if nobody does."""

from datetime import datetime, timedelta

from contexts.tutoring.domain.lesson_refusals import (
    NothingToAnswer,
    NothingToDecide,
    NotThereYourself,
    OtherWasThere,
)
from contexts.tutoring.domain.lessons.endings import LessonEndings
from contexts.tutoring.domain.lessons.states import LessonState
from contexts.tutoring.domain.policies import LEARNER, SYSTEM, TUTOR, TooEarlyToReport
from contexts.tutoring.domain.presence import other_of
from contexts.tutoring.events import AbsenceDisputed, AbsenceReported

COMPLETES_BY_ITSELF_AFTER = timedelta(hours=72)
STAFF_DECIDE_WITHIN = timedelta(days=14)


class LessonAbsences(LessonEndings):
    """A report holds the credit until the other agrees, staff decide, or time is over."""

    def report(self, *, by: str, now: datetime) -> None:
        """Report that the other participant did not come. The other may answer.

        Raises LessonNotBooked, TooEarlyToReport, TooLateToReport, NotThereYourself, OtherWasThere.
        """
        self._require_booked()
        self.terms.allow_report(starts_at=self.starts_at, ends_at=self.ends_at, now=now)
        until = self.presence.waited_until(by)
        if until is None:
            raise NotThereYourself
        if now < until:
            raise TooEarlyToReport(until=until.isoformat())
        if not self.presence.waited_in_vain(by):
            raise OtherWasThere
        self.absent, self.decides_at = other_of(by), now + self.terms.answer_within
        self._become(LessonState.REPORTED, by=by, now=now)
        self.record(
            AbsenceReported(**self._facts(now), absent=self.absent, decides_at=self.decides_at)
        )

    def answer(self, *, by: str, agree: bool, now: datetime) -> None:
        """Answer a report: agree that one was absent, or dispute it; then staff decide.

        Raises NothingToAnswer.
        """
        if self.state is not LessonState.REPORTED or by != self.absent or self._is_decided(now):
            raise NothingToAnswer
        if agree:
            self._stand(now=now)
            return
        self.decides_at = now + STAFF_DECIDE_WITHIN
        self._become(LessonState.DISPUTED, by=by, now=now)
        self.record(AbsenceDisputed(**self._facts(now), absent=self.absent))

    def decide(self, *, absent: str, now: datetime) -> None:
        """Decide a report, as staff. `absent` is empty if the lesson took place.

        Raises NothingToDecide.
        """
        if not self.state.waits:
            raise NothingToDecide
        if absent:
            self._miss(absent=absent, by=SYSTEM, now=now)
        else:
            self._complete(by=SYSTEM, now=now)

    def _stand(self, *, now: datetime) -> bool:
        self._miss(absent=self.absent, by=other_of(self.absent), now=now)
        return True

    def conclude(self, *, apart: bool = False, now: datetime) -> bool:
        """Conclude by the entries what nobody has concluded; return whether something changed.

        Done 72 hours after the end, or when the time to answer or to decide is over. If a block
        separates the two, a learner who waited in vain could not report it.
        """
        if self.state.waits:
            return self._stand(now=now) if self._is_decided(now) else False
        if self.state is not LessonState.BOOKED or now < self.ends_at + COMPLETES_BY_ITSELF_AFTER:
            return False
        self._conclude(trusting=not apart, now=now)
        return True

    def _conclude(self, *, trusting: bool, now: datetime) -> None:
        absent = self.presence.absent
        if not absent and not trusting and self.presence.waited_in_vain(LEARNER):
            absent = TUTOR
        if absent:
            self._miss(absent=absent, by=SYSTEM, now=now)
        else:
            self._complete(by=SYSTEM, now=now)

    def _is_decided(self, now: datetime) -> bool:
        return self.decides_at is not None and self.decides_at <= now

    def wind_up(self, *, now: datetime) -> None:
        """Close the lesson because a participant leaves: conclude it if over, else cancel it."""
        if self.lapse(because="left", now=now):
            return
        if self.state.waits:
            self._stand(now=now)
        elif self.state is not LessonState.BOOKED:
            return
        elif now >= self.ends_at:
            self._conclude(trusting=False, now=now)
        else:
            self._cancel(by=SYSTEM, spent_percent=0, now=now)
