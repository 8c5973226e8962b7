"""Presence in the room of a lesson: who was there, and who waited for nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from contexts.tutoring.domain.availability import Slot
from contexts.tutoring.domain.policies import BOTH, LEARNER, TUTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """First entries into the room. `wait` is how long one waits for the other."""

    slot: Slot
    wait: timedelta
    learner: datetime | None
    tutor: datetime | None

    def entered_at(self, part: str) -> datetime | None:
        return self.learner if part == LEARNER else self.tutor

    def waited_until(self, part: str) -> datetime | None:
        """Return until when a participant waits for the other. None if not long enough.

        The whole wait must lie within the lesson: a look at its last minute is not a wait.
        """
        entered = self.entered_at(part)
        if entered is None:
            return None
        until = max(entered, self.slot.starts_at) + self.wait
        return until if until <= self.slot.ends_at else None

    def waited_in_vain(self, part: str) -> bool:
        """Whether the other did not come during the wait. This holds for at most one of them."""
        until, other = self.waited_until(part), self.entered_at(other_of(part))
        return until is not None and (other is None or other > until)

    @property
    def absent(self) -> str:
        """The absent part by the entries alone; empty if the lesson could take place.

        A tutor who came late, and whom the learner did not report, has taught.
        """
        if self.learner and self.tutor:
            return ""
        if self.waited_in_vain(TUTOR):
            return LEARNER
        return TUTOR if self.waited_in_vain(LEARNER) else BOTH


def other_of(part: str) -> str:
    return TUTOR if part == LEARNER else LEARNER
