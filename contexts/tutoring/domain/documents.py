"""Availability as a JSON document, in rows and in requests."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from contexts.shared.kernel import Invalid
from contexts.tutoring.domain.availability import (
    Availability,
    DayOverride,
    Hours,
    HoursMalformed,
    Offer,
    Travel,
    WeeklyRule,
)

_CLOCK = re.compile(r"([01][0-9]|2[0-4]):([0-5][0-9])")
OFFER_FIELDS = (
    "lesson_minutes",
    "grid_minutes",
    "notice_minutes",
    "horizon_days",
    "buffer_minutes",
)


class UnknownTimeZone(Invalid):
    code = "unknown_time_zone"
    message = "“{time_zone}” is not an IANA time zone."


def known_zone(name: str) -> str:
    """Return the zone's name. Raises UnknownTimeZone, also for a file that is no zone."""
    if name not in _zones():
        raise UnknownTimeZone(time_zone=name[:64])
    return name


@cache
def _zones() -> frozenset[str]:
    # Without the copies of all zones in "right" and "posix", and zones of machines.
    return frozenset(available_timezones() - {"localtime", "Factory"})


def minutes(clock: str) -> int:
    """Return the minute of a time like 09:30; 24:00 is the day's end. Raises HoursMalformed."""
    read = _CLOCK.fullmatch(clock)
    if read is None:
        raise HoursMalformed
    return int(read[1]) * 60 + int(read[2])


def clock(minute: int) -> str:
    """Return the time of a minute of the day: 09:30."""
    return f"{minute // 60:02}:{minute % 60:02}"


def hours_from(given: Mapping[str, Any]) -> Hours:
    return Hours(minutes(given["start"]), minutes(given["end"]))


def rule_from(given: Mapping[str, Any]) -> WeeklyRule:
    return WeeklyRule(given["weekday"], hours_from(given))


def override_from(given: Mapping[str, Any]) -> DayOverride:
    return DayOverride(
        on=_date(given["date"]),
        off=given["off"],
        extra=tuple(hours_from(hours) for hours in given["hours"]),
    )


def travel_from(given: Mapping[str, Any]) -> Travel:
    first, last = _date(given["first"]), _date(given["last"])
    return Travel(first=first, last=last, zone=known_zone(given["time_zone"]))


def _date(given: str | date) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)


def read(document: Mapping[str, Any]) -> Availability:
    """Return the availability of a document. Raises what its parts raise."""
    return Availability(
        zone=known_zone(document["time_zone"]),
        rules=tuple(rule_from(one) for one in document["rules"]),
        overrides=tuple(override_from(one) for one in document["overrides"]),
        travels=tuple(travel_from(one) for one in document["travels"]),
        offer=Offer(**{name: document[name] for name in OFFER_FIELDS}),
    )


def written(availability: Availability) -> dict[str, Any]:
    """Return the document of an availability."""
    return {
        "time_zone": availability.zone,
        **{name: getattr(availability.offer, name) for name in OFFER_FIELDS},
        "rules": [{"weekday": one.weekday, **_hours(one.hours)} for one in availability.rules],
        "overrides": [
            {"date": one.on.isoformat(), "off": one.off, "hours": [*map(_hours, one.extra)]}
            for one in availability.overrides
        ],
        "travels": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "time_zone": one.zone,
            }
            for one in availability.travels
        ],
    }


def _hours(hours: Hours) -> dict[str, str]:
    return {"start": clock(hours.start), "end": clock(hours.end)}
