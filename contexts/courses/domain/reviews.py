"""Memory of one word or card, and its scheduler."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryState:
    """A learner's memory of one item.

    `stability` is in days, `difficulty` from 1 to 10, `due` and `last_review` are aware UTC.

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


class Scheduler(Protocol):
    @property
    def model_version(self) -> str: ...

    def review(self, state: MemoryState | None, *, rating: int, at: datetime) -> MemoryState:
        """Return the state after a review. `rating`: 1 again, 2 hard, 3 good, 4 easy.

        A new item has no state.
        """
        ...

    def retrievability(self, state: MemoryState, *, at: datetime) -> float:
        """Return the probability, 0 to 1, of recalling the item at an instant."""
        ...
