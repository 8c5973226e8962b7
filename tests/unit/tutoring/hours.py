"""Short words for availability."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import available_timezones

from contexts.tutoring.domain.availability import (
    Availability,
    DayOverride,
    Hours,
    Offer,
    Slot,
    Travel,
    WeeklyRule,
    slots,
)
from contexts.tutoring.domain.documents import minutes

# Without zones that only machines use, and folders of theirs.
ALL_ZONES = sorted(zone for zone in available_timezones() if zone not in {"localtime", "Factory"})


def hours(start: str, end: str) -> Hours:
    return Hours(minutes(start), minutes(end))


def every_day(start: str, end: str) -> tuple[WeeklyRule, ...]:
    return tuple(WeeklyRule(weekday, hours(start, end)) for weekday in range(1, 8))


def available(zone: str, *rules: WeeklyRule, length: int = 60, grid: int = 60, **more: Any) -> Any:
    offer = Offer(lesson_minutes=length, grid_minutes=grid, notice_minutes=0)
    return Availability(zone=zone, rules=rules, offer=offer, **more)


def on(day: str, availability: Availability) -> list[str]:
    """The starts of a UTC day's slots."""
    since = datetime.fromisoformat(day).replace(tzinfo=UTC)
    until = since.replace(hour=23, minute=59, second=59)
    return [f"{slot.starts_at:%H:%M}" for slot in slots(availability, since=since, until=until)]


def between(since: str, until: str, availability: Availability) -> list[Slot]:
    return slots(
        availability, since=datetime.fromisoformat(since), until=datetime.fromisoformat(until)
    )


def day_off(day: str) -> DayOverride:
    return DayOverride(on=date.fromisoformat(day), off=True)


def override(day: str, *extra: Hours, off: bool) -> DayOverride:
    return DayOverride(on=date.fromisoformat(day), off=off, extra=extra)


def travel(first: str, last: str, zone: str) -> Travel:
    return Travel(first=date.fromisoformat(first), last=date.fromisoformat(last), zone=zone)
