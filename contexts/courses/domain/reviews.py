"""Memory of one word or card: its log, and its scheduler.

Days are the learner's: an answer at 21:00 and one at 20:30 the next evening are a day apart.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_LESS_THAN_A_DAY = _DAY - timedelta(seconds=1)


class Ask(StrEnum):
    """How an exercise asks its words. A showing gives the answer away."""

    SHOWING = "showing"
    RECOGNITION = "recognition"
    PRODUCTION = "production"

    @property
    def weight(self) -> float:
        """Return how much of the growth of memory a success counts: choosing, half of it."""
        return 1.0 if self is Ask.PRODUCTION else 0.5


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, and the learner's zone (IANA) at that time."""

    at: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an instant is aware")
        # Differences of two instants of one zone would be those of its clock on the wall.
        object.__setattr__(self, "at", self.at.astimezone(UTC))

    @property
    def day(self) -> date:
        return self.day_of(self.at)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.zone)).date()

    def start_of(self, day: date) -> datetime:
        """Return the first instant of a learner's day, in UTC."""
        return datetime.combine(day, time(), ZoneInfo(self.zone)).astimezone(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryState:
    """A learner's memory of one item.

    `stability` is in days, `difficulty` from 1 to 10, `due` and `last_review` are aware UTC.
    `last_day` is the learner's date of the last review; None if it was stored before days were.

    `state` is `learning`, `review` or `relearning`; `step` counts within the first and last.
    `model_version` names the model with its parameters. Another version replays the log.
    """

    stability: float
    difficulty: float
    state: str
    step: int | None
    due: datetime
    last_review: datetime
    model_version: str
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer in the log of an enrollment, with FSRS's rating of each item."""

    attempt_id: UUID
    moment: Moment
    ask: Ask
    ratings: Mapping[str, int]


class Scheduler(Protocol):
    @property
    def model_version(self) -> str: ...

    def review(
        self, state: MemoryState | None, *, rating: int, at: datetime, weight: float = 1.0
    ) -> MemoryState:
        """Return the state after a review. `rating`: 1 again, 2 hard, 3 good, 4 easy.

        A new item has no state. `weight` is the share of the stability's growth that counts.
        """
        ...

    def retrievability(self, state: MemoryState, *, at: datetime) -> float:
        """Return the probability, 0 to 1, of recalling the item at an instant."""
        ...


@dataclass(frozen=True, slots=True)
class Trace:
    """What a log tells of one item. `shown_at` is when its answer was first given away."""

    state: MemoryState | None = None
    shown_at: datetime | None = None

    def after(self, answered: Answered, item: str, *, scheduler: Scheduler) -> "Trace":
        """Return the trace after an answer. The first showing is no review."""
        is_first = self.state is None and self.shown_at is None
        if answered.ask is Ask.SHOWING and is_first:
            return Trace(shown_at=answered.moment.at)
        state = _reviewed(self.state, answered, item, scheduler=scheduler)
        return replace(self, state=state)

    def is_due(self, at: datetime) -> bool:
        return self.state is not None and self.state.due <= at

    def recall_percent(self, moment: Moment, *, scheduler: Scheduler) -> int | None:
        """Return the expected probability of recall in percent, None for a new item."""
        if self.state is None:
            return None
        return round(100 * recall(self.state, moment, scheduler=scheduler))

    def goes_on(self, at: datetime, *, scheduler: Scheduler) -> bool:
        """Return whether an answer at an instant comes after all that the trace holds."""
        if self.state and self.state.model_version != scheduler.model_version:
            return False
        known = (self.state.last_review if self.state else None, self.shown_at)
        return all(one is None or one < at for one in known)


def replay(
    log: Iterable[Answered], item: str, *, scheduler: Scheduler, until: UUID | None = None
) -> Trace:
    """Return what a log tells of an item, whatever the order in which it arrived.

    With `until`, return the trace before that attempt.
    """
    trace = Trace()
    for answered in sorted(log, key=lambda one: (one.moment.at, one.attempt_id)):
        if answered.attempt_id == until:
            break
        if item in answered.ratings:
            trace = trace.after(answered, item, scheduler=scheduler)
    return trace


def late_items(
    answered: Answered, traces: Mapping[str, Trace], *, scheduler: Scheduler
) -> Collection[str]:
    """Return the items whose log is to be replayed.

    They were asked after this answer, which a device sends late, or another model's version has
    computed their memory.
    """
    return [
        item
        for item in answered.ratings
        if not traces.get(item, Trace()).goes_on(answered.moment.at, scheduler=scheduler)
    ]


def recall(state: MemoryState, moment: Moment, *, scheduler: Scheduler) -> float:
    """Return the probability, 0 to 1, of recalling an item, by the learner's days."""
    return scheduler.retrievability(_by_days(state, moment), at=moment.at)


def _reviewed(
    before: MemoryState | None, answered: Answered, item: str, *, scheduler: Scheduler
) -> MemoryState:
    moment, ask = answered.moment, answered.ask
    after = scheduler.review(
        _by_days(before, moment) if before else None,
        rating=answered.ratings[item],
        at=moment.at,
        weight=ask.weight,
    )
    day = moment.day
    if before and before.last_day:
        # A learner who travels west does not live a day twice.
        day = max(day, before.last_day)
    wait = after.due - moment.at
    due = moment.start_of(day + wait) if wait >= _DAY else after.due
    return replace(after, due=due, last_day=day)


def _by_days(state: MemoryState, moment: Moment) -> MemoryState:
    """Return the state as if its last review had been whole days of the learner ago."""
    last_day = state.last_day or moment.day_of(state.last_review)
    days = max((moment.day - last_day).days, 0)
    if days:
        return replace(state, last_review=moment.at - days * _DAY)
    # A day of 25 hours is one day.
    return replace(state, last_review=max(state.last_review, moment.at - _LESS_THAN_A_DAY))
