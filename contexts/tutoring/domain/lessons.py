"""A lesson from its booking to its end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from contexts.shared.kernel import Aggregate
from contexts.tutoring.domain import rooms
from contexts.tutoring.domain.availability import CREDIT, Slot
from contexts.tutoring.domain.lesson_refusals import (
    BookingLapsed,
    LearnerMayReport,
    LessonNotBooked,
    LessonNotFound,
    LessonNotOver,
    LessonStarted,
    NotEnoughCredits,
    NothingToAnswer,
    NothingToDecide,
    NotThereYourself,
    OnlyTheLearner,
    OnlyTheTutor,
    OtherWasThere,
)
from contexts.tutoring.domain.policies import (
    LEARNER,
    SYSTEM,
    TUTOR,
    Policy,
    TooEarlyToReport,
    policy,
)
from contexts.tutoring.domain.presence import Presence, other_of
from contexts.tutoring.events import (
    AbsenceDisputed,
    AbsenceReported,
    LessonBooked,
    LessonCanceled,
    LessonCompleted,
    LessonLapsed,
    LessonMissed,
    LessonRescheduled,
)

HOLD_LASTS = timedelta(hours=1)
COMPLETES_BY_ITSELF_AFTER = timedelta(hours=72)
STAFF_DECIDE_WITHIN = timedelta(days=14)


class LessonState(StrEnum):
    PENDING = "pending"
    BOOKED = "booked"
    REPORTED = "reported"
    DISPUTED = "disputed"
    COMPLETED = "completed"
    CANCELED = "canceled"
    MISSED = "missed"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether its end is still to come."""
        return self in _OPEN

    @property
    def waits(self) -> bool:
        """Whether an absence is reported and not decided."""
        return self in _WAITING


_WAITING = frozenset({LessonState.REPORTED, LessonState.DISPUTED})
_OPEN = _WAITING | {LessonState.PENDING, LessonState.BOOKED}


@dataclass(kw_only=True, eq=False)
class Lesson(Aggregate):
    """Times are UTC; `policy` is the name and version agreed at booking, `cost` the price in
    hundredths of a credit.

    `moved` counts reschedules, `sequence` changes that a calendar must show, `changed_at` is the
    last change of state or time, `history` lists what happened when and by whom. A reported or
    disputed absence is decided by itself at `decides_at`.
    """

    id: UUID
    learner_id: UUID
    tutor_id: UUID
    language: str
    starts_at: datetime
    ends_at: datetime
    policy: str
    cost: int = CREDIT
    hold_until: datetime
    created_at: datetime
    state: LessonState = LessonState.PENDING
    bound: bool = False
    moved: int = 0
    sequence: int = 0
    ended_by: str = ""
    absent: str = ""
    decides_at: datetime | None = None
    lapsed_because: str = ""
    spent_percent: int | None = None
    learner_entered_at: datetime | None = None
    tutor_entered_at: datetime | None = None
    changed_at: datetime
    history: list[dict[str, Any]] = field(default_factory=list)

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at)

    @property
    def terms(self) -> Policy:
        return policy(self.policy)

    def part_of(self, person_id: UUID) -> str:
        """Return a person's part. Raises LessonNotFound for others."""
        if person_id == self.learner_id:
            return LEARNER
        if person_id == self.tutor_id:
            return TUTOR
        raise LessonNotFound

    def require_learner(self, person_id: UUID) -> None:
        """Raises LessonNotFound, OnlyTheLearner."""
        if self.part_of(person_id) != LEARNER:
            raise OnlyTheLearner

    def require_tutor(self, person_id: UUID) -> None:
        """Raises LessonNotFound, OnlyTheTutor."""
        if self.part_of(person_id) != TUTOR:
            raise OnlyTheTutor

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

    def _miss(self, *, absent: str, by: str, now: datetime) -> None:
        self.absent, self.decides_at = absent, None
        self.spent_percent = self.terms.absence(absent=absent)
        self._become(LessonState.MISSED, by=by, now=now)
        self.record(
            LessonMissed(**self._facts(now), absent=self.absent, spent_percent=self.spent_percent)
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

    @property
    def presence(self) -> Presence:
        return Presence(
            slot=self.slot,
            wait=self.terms.wait,
            learner=self.learner_entered_at,
            tutor=self.tutor_entered_at,
        )

    def _require_booked(self) -> None:
        if self.state is not LessonState.BOOKED:
            raise LessonNotBooked(state=self.state.value)

    def _become(self, state: LessonState, *, by: str, now: datetime) -> None:
        self.state = state
        if not state.is_open:
            self.ended_by = by
        self.changed_at = now
        self._note(state.value, by=by, now=now)

    def _note(self, what: str, *, by: str, now: datetime, **more: str) -> None:
        self.history = [*self.history, {"at": now.isoformat(), "what": what, "by": by, **more}]

    def _facts(self, now: datetime) -> dict[str, Any]:
        return {
            "occurred_at": now,
            "lesson_id": self.id,
            "learner_id": self.learner_id,
            "tutor_id": self.tutor_id,
        }
