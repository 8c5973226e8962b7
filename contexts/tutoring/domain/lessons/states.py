"""The states of a lesson."""

from enum import StrEnum


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
