"""What is known of a learner's memory of one word, and who may reckon with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryState:
    """`stability` in days, `difficulty` from 1 to 10, `due` and `last_review` aware UTC.

    `state` is `learning`, `review` or `relearning`; `step` counts within the first and last.
    `model_version` names the model and parameters that made it: another version replays the log.
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
        """The state after a review; `rating` 1 again, 2 hard, 3 good, 4 easy; None is new."""
        ...

    def retrievability(self, state: MemoryState, *, at: datetime) -> float:
        """The probability, 0 to 1, that the word is recalled at that instant."""
        ...
