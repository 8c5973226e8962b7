"""Opening times of a lesson's room."""

from datetime import datetime, timedelta

from contexts.shared.kernel import Conflict
from contexts.tutoring.domain.availability import Slot

OPENS_BEFORE = timedelta(minutes=10)


class RoomNotOpen(Conflict):
    code = "room_not_open"
    message = "The room opens at {opens_at}."


class RoomClosed(Conflict):
    code = "room_closed"
    message = "The lesson is over."


def opens_at(slot: Slot) -> datetime:
    return slot.starts_at - OPENS_BEFORE


def is_open(slot: Slot, *, now: datetime) -> bool:
    """From ten minutes before the start until the end."""
    return opens_at(slot) <= now < slot.ends_at


def require_open(slot: Slot, *, now: datetime) -> None:
    """Raises RoomNotOpen, RoomClosed."""
    if now < opens_at(slot):
        raise RoomNotOpen(opens_at=opens_at(slot).isoformat())
    if not is_open(slot, now=now):
        raise RoomClosed
