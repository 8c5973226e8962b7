"""What is known of a lesson, and how a change of it is noted."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.shared.kernel import Aggregate
from contexts.tutoring.domain.availability import CREDIT, Slot
from contexts.tutoring.domain.lesson_refusals import (
    LessonNotBooked,
    LessonNotFound,
    OnlyTheLearner,
    OnlyTheTutor,
)
from contexts.tutoring.domain.lessons.states import LessonState
from contexts.tutoring.domain.policies import LEARNER, TUTOR, Policy, policy
from contexts.tutoring.domain.presence import Presence


@dataclass(kw_only=True, eq=False)
class LessonRecord(Aggregate):
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
