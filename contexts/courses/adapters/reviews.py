"""FSRS-6 (Ye and others; the `fsrs` package) behind the scheduler port."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, State
from fsrs import Scheduler as Fsrs

from contexts.courses.domain.reviews import MemoryState

_DESIRED_RETENTION = 0.9


@dataclass(frozen=True, slots=True)
class FsrsScheduler:
    """FSRS with default parameters and without fuzz: one log gives one state.

    The version's end counts our own rules: ratings by item, days of the learner.
    """

    model_version: str = "fsrs-6.default.2"

    def review(
        self, state: MemoryState | None, *, rating: int, at: datetime, weight: float = 1.0
    ) -> MemoryState:
        """Raises ValueError for a naive `at` or a rating outside 1 to 4.

        An `at` before the last review, from another server's clock, counts as that review's.
        """
        at = _utc(at) if state is None else max(_utc(at), state.last_review)
        card, _ = _FSRS.review_card(_card(state, at), Rating(rating), at)
        return _weighed(state, _state(card, at, self.model_version), weight)

    def retrievability(self, state: MemoryState, *, at: datetime) -> float:
        """Counts whole days since the last review, as the model was fitted."""
        return _FSRS.get_card_retrievability(_card(state, at), _utc(at))


_FSRS = Fsrs(desired_retention=_DESIRED_RETENTION, enable_fuzzing=False)
_STATES = {state.name.lower(): state for state in State}


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant is aware")
    return at.astimezone(UTC)


def _card(state: MemoryState | None, at: datetime) -> Card:
    # A card id is always given: without one, making a card sleeps for a millisecond.
    if state is None:
        return Card(card_id=0, due=at)
    return Card(
        card_id=0,
        state=_STATES[state.state],
        step=state.step,
        stability=state.stability,
        difficulty=state.difficulty,
        due=state.due,
        last_review=_utc(state.last_review),
    )


def _state(card: Card, at: datetime, model_version: str) -> MemoryState:
    if card.stability is None or card.difficulty is None:
        raise AssertionError("a reviewed card has a stability and a difficulty")
    return MemoryState(
        stability=card.stability,
        difficulty=card.difficulty,
        state=card.state.name.lower(),
        step=card.step,
        due=card.due,
        last_review=at,
        model_version=model_version,
    )


def _weighed(before: MemoryState | None, after: MemoryState, weight: float) -> MemoryState:
    """Return `after` with a share of its growth in stability. A loss counts whole."""
    base = before.stability if before else 0.0
    if weight >= 1 or after.stability <= base:
        return after
    stability = base + weight * (after.stability - base)
    if after.state != State.Review.name.lower():
        return replace(after, stability=stability)
    # At a retention of 0.9 the interval is the stability, by the definition of stability.
    days = min(max(round(stability), 1), _FSRS.maximum_interval)
    return replace(after, stability=stability, due=after.last_review + timedelta(days=days))
