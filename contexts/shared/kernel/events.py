"""What every published fact and every aggregate that records facts has in common."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact that has happened, as its context publishes it.

    Subclasses are frozen dataclasses of ids, codes, numbers and instants. `name` is
    `<context>.<fact>.v<n>`; `subject` names the field that holds whom or what it is about.
    """

    name: ClassVar[str]
    subject: ClassVar[str]

    occurred_at: datetime

    @property
    def subject_id(self) -> str:
        return str(getattr(self, self.subject))


class Aggregate:
    """Keeps the events its methods record until a repository collects them with the row."""

    _events: list[Event] | None = None

    def record(self, event: Event) -> None:
        if self._events is None:
            self._events = []
        self._events.append(event)

    def collect_events(self) -> list[Event]:
        """The events recorded since the last call; the aggregate forgets them."""
        events, self._events = self._events or [], None
        return events
