"""A lesson from its booking to its end."""

from datetime import datetime, timedelta

from contexts.tutoring.domain import rooms
from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.lesson_refusals import BookingLapsed, LessonStarted, NotEnoughCredits
from contexts.tutoring.domain.lessons.absences import LessonAbsences
from contexts.tutoring.domain.lessons.states import LessonState
from contexts.tutoring.domain.policies import LEARNER
from contexts.tutoring.events import LessonBooked, LessonRescheduled

HOLD_LASTS = timedelta(hours=1)


class Lesson(LessonAbsences):
    """Its booking, its moves and its room; LessonAbsences and LessonEndings hold the rest."""

    @property
    def is_pending(self) -> bool:
        return self.state is LessonState.PENDING

    def confirm(self, *, now: datetime) -> None:
        """Book the lesson. Does nothing if booked. Raises NotEnoughCredits, BookingLapsed."""
        self.refuse_lapsed()
        if self.state is not LessonState.PENDING:
            return
        self._become(LessonState.BOOKED, by=LEARNER, now=now)
        self.record(
            LessonBooked(
                **self._facts(now),
                policy=self.policy,
                cost=self.cost,
                starts_at=self.starts_at,
                ends_at=self.ends_at,
            )
        )

    def refuse_lapsed(self) -> None:
        """Raises NotEnoughCredits or BookingLapsed if the booking has lapsed."""
        if self.state is LessonState.LAPSED:
            no_credit = self.lapsed_because == NotEnoughCredits.code
            raise NotEnoughCredits if no_credit else BookingLapsed

    def allow_reschedule(self, *, now: datetime) -> bool:
        """Return whether moving it now binds it.

        Raises LessonNotBooked, LessonStarted and what the policy raises.
        """
        self._require_booked()
        if now >= self.starts_at:
            raise LessonStarted
        return self.terms.allow_reschedule(starts_at=self.starts_at, moved=self.moved, now=now)

    def reschedule(self, *, to: Slot, now: datetime) -> None:
        """Move the lesson to another slot. Raises what `allow_reschedule` does."""
        # A bound lesson stays bound.
        self.bound = self.allow_reschedule(now=now) or self.bound
        before = self.starts_at
        self.starts_at, self.ends_at = to.starts_at, to.ends_at
        self.learner_entered_at = self.tutor_entered_at = None
        self.moved += 1
        self.sequence += 1
        self.changed_at = now
        self._note("rescheduled", by=LEARNER, now=now, before=before.isoformat())
        self.record(
            LessonRescheduled(**self._facts(now), starts_at=self.starts_at, ends_at=self.ends_at)
        )

    def enter(self, *, by: str, now: datetime) -> bool:
        """Record that a participant enters the room; return whether for the first time.

        Late ones may enter even if their absence is reported. Raises LessonNotBooked, RoomNotOpen,
        RoomClosed.
        """
        if not self.state.waits:
            self._require_booked()
        rooms.require_open(self.slot, now=now)
        if self.presence.entered_at(by) is not None:
            return False
        if by == LEARNER:
            self.learner_entered_at = now
        else:
            self.tutor_entered_at = now
        self._note("entered", by=by, now=now)
        return True
