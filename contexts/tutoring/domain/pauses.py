"""Pauses of a tutor: by the tutor, perhaps until a day, or by staff until staff end them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from contexts.shared.kernel import Conflict, Invalid

# Codes, since a reason in own words may say more than others should keep.
REASONS = ("holiday", "busy", "personal", "other")
_LONGEST = timedelta(days=365)


class PausedByStaff(Conflict):
    code = "paused_by_staff"
    message = "Our staff paused your teaching. Only they can let you take bookings again."


class PauseDay(Invalid):
    code = "pause_day"
    message = "Name a day to come, within a year."


class NotAPause(Invalid):
    code = "not_a_pause"
    message = "Only a pause has a reason and a last day."


class PauseFrom(StrEnum):
    TUTOR = "tutor"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Why and until when a tutor takes no bookings. Without `until` it lasts until it is ended."""

    by: PauseFrom
    reason: str = ""
    until: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        return self.by is PauseFrom.TUTOR and self.until is not None and self.until <= now


BY_STAFF = Pause(by=PauseFrom.STAFF)


def pause_until(day: date | None, *, zone: str, reason: str, now: datetime) -> Pause:
    """Return the pause of a tutor who is back on a day of their zone. Raises PauseDay."""
    if day is None:
        return Pause(by=PauseFrom.TUTOR, reason=reason)
    today = now.astimezone(ZoneInfo(zone)).date()
    if not today < day <= today + _LONGEST:
        raise PauseDay
    back = datetime.combine(day, time.min, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return Pause(by=PauseFrom.TUTOR, reason=reason, until=back)
