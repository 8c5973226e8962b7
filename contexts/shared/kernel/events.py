"""The bases of all published events and of the aggregates that record them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact that its context publishes.

    Subclasses are frozen dataclasses of ids, codes, numbers and instants. `name` is
    `<context>.<fact>.v<n>`. `subject` names the field with the id that the event is about.
    """

    name: ClassVar[str]
    subject: ClassVar[str]

    occurred_at: datetime

    @property
    def subject_id(self) -> str:
        return str(getattr(self, self.subject))


class Aggregate:
    """Holds the events that its methods record until a repository stores them with the row."""

    _events: list[Event] | None = None

    def record(self, event: Event) -> None:
        if self._events is None:
            self._events = []
        self._events.append(event)

    def collect_events(self) -> list[Event]:
        """Return the events recorded since the last call, and forget them."""
        events, self._events = self._events or [], None
        return events
