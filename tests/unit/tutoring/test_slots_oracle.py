"""Slots against another implementation of recurrence and of time zones: python-dateutil's.

The oracle reads the zone files of the host, or its own archive; the code reads neither.
"""

import os
import random
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import TZPATH

import pytest
from dateutil import rrule, tz

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

ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
)
RULE_SETS = int(os.environ.get("RULE_SETS", "240"))
FIRST_YEAR, YEARS = 2016, 10
_WINDOW = timedelta(days=9)


def _hours(chance: random.Random, longest: int = 6 * 60) -> Hours:
    start = chance.randrange(0, 1440 - 15, 15)
    end = min(1440, start + chance.randrange(15, longest + 1, 15))
    # Every third begins or ends at midnight, where days touch.
    return chance.choice([Hours(start, end), Hours(0, end - start), Hours(start, 1440)])


def _apart(hours: list[Hours]) -> list[Hours]:
    ordered = sorted(hours)
    clash = {late for one, late in pairwise(ordered) if late.start < one.end}
    kept = [one for one in ordered if one not in clash]
    return kept if all(a.end <= b.start for a, b in pairwise(kept)) else kept[:1]


def _offsets_change(zone: str, year: int, chance: random.Random) -> datetime:
    """A day on which the zone's offset changes in a year, or any day where it does not."""
    place = tz.gettz(zone)
    days = [datetime(year, 1, 1, 12) + timedelta(days=n) for n in range(365)]
    changes = [
        after
        for before, after in pairwise(days)
        if before.replace(tzinfo=place).utcoffset() != after.replace(tzinfo=place).utcoffset()
    ]
    return chance.choice(changes or days)


def _rule_set(chance: random.Random, zone: str, near: date) -> Availability:
    rules = [
        WeeklyRule(weekday, hours)
        for weekday in chance.sample(range(1, 8), chance.randint(1, 4))
        for hours in _apart([_hours(chance) for _ in range(chance.randint(1, 3))])
    ]
    overrides = [
        DayOverride(
            on=near + timedelta(days=day),
            off=chance.random() < 0.6,
            extra=tuple(_apart([_hours(chance)]) if chance.random() < 0.5 else ()),
        )
        for day in chance.sample(range(-4, 5), chance.randint(0, 2))
    ]
    away = near + timedelta(days=chance.randint(-3, 3))
    trip = Travel(
        first=away, last=away + timedelta(days=chance.randint(0, 3)), zone=chance.choice(ZONES)
    )
    offer = Offer(
        lesson_minutes=chance.choice([15, 30, 45, 60, 90]),
        grid_minutes=chance.choice([15, 30, 45, 60]),
    )
    return Availability(
        zone=zone,
        rules=tuple(rules),
        overrides=tuple(overrides),
        travels=(trip,) if chance.random() < 0.3 else (),
        offer=offer,
    )


def test_the_oracle_reads_other_files() -> None:
    assert TZPATH == ()
    assert "tzdata" not in str(tz.gettz(ZONES[0]))


def _oracle(availability: Availability, since: datetime, until: datetime) -> list[Slot]:
    first, last = (since - timedelta(days=2)).date(), (until + timedelta(days=2)).date()
    offs = {one.on for one in availability.overrides if one.off}
    found: set[datetime] = set()
    for rule in availability.rules:
        for wall in _recurring(rule.hours, availability.offer, first, last, rule.weekday):
            if wall.date() not in offs:
                found |= _instant(wall, availability)
    for override in availability.overrides:
        for hours in override.extra:
            for wall in _recurring(hours, availability.offer, override.on, override.on, None):
                found |= _instant(wall, availability)
    length = timedelta(minutes=availability.offer.lesson_minutes)
    return [Slot(at, at + length) for at in sorted(found) if since <= at < until]


def _recurring(
    hours: Hours, offer: Offer, first: date, last: date, weekday: int | None
) -> list[datetime]:
    begin = datetime(first.year, first.month, first.day)
    days = rrule.rrule(
        rrule.DAILY,
        dtstart=begin,
        until=datetime(last.year, last.month, last.day),
        byweekday=None if weekday is None else weekday - 1,
    )
    return [
        wall
        for day in days
        for wall in rrule.rrule(
            rrule.MINUTELY,
            interval=offer.grid_minutes,
            dtstart=day + timedelta(minutes=hours.start),
            until=day + timedelta(minutes=hours.end - 1),
        )
    ]


def _instant(wall: datetime, availability: Availability) -> set[datetime]:
    place = _place(availability, wall.date())
    local = wall.replace(tzinfo=place)
    if not tz.datetime_exists(local):
        return set()
    start = tz.enfold(local, fold=0).astimezone(UTC)
    length = timedelta(minutes=availability.offer.lesson_minutes)
    last = (start + length - timedelta(microseconds=1)).astimezone(place).replace(tzinfo=None)
    # The wall clock must be open for the length, also where it is set back within.
    on_the_wall = wall + length - timedelta(minutes=15)
    return {start} if _open_from_to(availability, wall, max(last, on_the_wall)) else set()


def _place(availability: Availability, day: date) -> tz.tzfile:
    names = [trip.zone for trip in availability.travels if trip.first <= day <= trip.last]
    return tz.gettz((names or [availability.zone])[0])


def _open_from_to(availability: Availability, first: datetime, last: datetime) -> bool:
    """Look at every quarter of the wall clock from one time to another."""
    home = _place(availability, first.date())
    quarter = first
    while quarter <= last:
        day = quarter.date()
        minute = quarter.hour * 60 + quarter.minute
        spans = _spans(availability, day)
        same = day == first.date() or _place(availability, day) == home
        if not same or not any(span.start <= minute < span.end for span in spans):
            return False
        quarter += timedelta(minutes=15)
    return True


def _spans(availability: Availability, day: date) -> list[Hours]:
    found = [one for one in availability.overrides if one.on == day]
    weekly = [rule.hours for rule in availability.rules if rule.weekday == day.isoweekday()]
    extra = [hours for one in found for hours in one.extra]
    return extra if any(one.off for one in found) else [*weekly, *extra]


@pytest.mark.parametrize("zone", ZONES)
def test_equal_an_oracles_over_ten_years(zone: str) -> None:
    chance = random.Random(zone)
    total, began = 0, time.monotonic()
    sets = RULE_SETS // len(ZONES)

    for number in range(sets):
        year = FIRST_YEAR + number % YEARS
        # Every other window lies about a change of the clock, where slots go wrong.
        near = (
            _offsets_change(zone, year, chance)
            if number % 2
            else datetime(year, 1, 1) + timedelta(days=chance.randrange(365))
        ).replace(hour=chance.randrange(24), tzinfo=UTC)
        availability = _rule_set(chance, zone, near.date())
        since, until = near - _WINDOW / 2, near + _WINDOW / 2

        made = slots(availability, since=since, until=until)

        assert made == _oracle(availability, since, until), (availability, since)
        total += len(made)

    assert total > sets
    print(f"{sets} rule sets, {total} slots in {time.monotonic() - began:.1f} s")  # noqa: T201
