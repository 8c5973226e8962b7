"""Every IANA zone, around the days on which its clock last changed from 2016 to 2028."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from contexts.tutoring.domain.availability import Slot, slots
from tests.unit.tutoring.hours import ALL_ZONES, available, every_day

FIRST, LAST = datetime(2016, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STEP = timedelta(days=7)
# Of each zone: two years where clocks change in spring and autumn.
MOST = 4


@cache
def _latest_changes(zone: str) -> list[datetime]:
    return list(_changes(ZoneInfo(zone)))[-MOST:]


def _changes(place: ZoneInfo) -> Iterator[datetime]:
    """The hours in which the offset changes; a change that is undone within a week is not seen."""
    weeks = [FIRST + STEP * n for n in range((LAST - FIRST) // STEP)]
    for before, after in pairwise(weeks):
        while after - before > HOUR and _offset(before, place) != _offset(after, place):
            middle = before + (after - before) / 2
            if _offset(before, place) == _offset(middle, place):
                before = middle  # noqa: PLW2901 - halving
            else:
                after = middle  # noqa: PLW2901
        if _offset(before, place) != _offset(after, place):
            yield after


def _offset(at: datetime, place: ZoneInfo) -> timedelta | None:
    return at.astimezone(place).utcoffset()


def _around(zone: str, change: datetime, start: str, end: str) -> list[Slot]:
    week = available(zone, *every_day(start, end), length=30, grid=30)
    return slots(week, since=change - DAY, until=change + DAY)


def _wall(slot: Slot, place: ZoneInfo) -> tuple[int, int]:
    """Minutes of the day at the start, and at the last minute."""
    start = slot.starts_at.astimezone(place)
    last = (slot.ends_at - timedelta(minutes=1)).astimezone(place)
    return start.hour * 60 + start.minute, last.hour * 60 + last.minute


@pytest.mark.parametrize("first_letter", sorted({zone[0] for zone in ALL_ZONES}))
class TestEveryZone:
    def test_has_slots_that_are_true_to_its_clock_where_it_changes(self, first_letter: str) -> None:
        for zone in (zone for zone in ALL_ZONES if zone.startswith(first_letter)):
            place = ZoneInfo(zone)
            for change in _latest_changes(zone):
                made = _around(zone, change, "00:00", "06:00")

                assert made, (zone, change)
                for one, following in pairwise(made):
                    assert one.ends_at <= following.starts_at, (zone, one, following)
                for slot in made:
                    start, last = _wall(slot, place)
                    assert slot.ends_at - slot.starts_at == timedelta(minutes=30)
                    assert start < 360, (zone, slot)
                    assert last < 360, (zone, slot)
                    assert start % 30 == 0, (zone, slot)
                    assert slot.starts_at.astimezone(place).fold == 0, (zone, slot)

    def test_keeps_its_afternoons_where_it_changes(self, first_letter: str) -> None:
        for zone in (zone for zone in ALL_ZONES if zone.startswith(first_letter)):
            place = ZoneInfo(zone)
            for change in _latest_changes(zone):
                made = _around(zone, change, "13:00", "15:00")

                days = {slot.starts_at.astimezone(place).date() for slot in made}
                inner = sorted(days)[1:-1]
                for day in inner:
                    of_day = [one for one in made if one.starts_at.astimezone(place).date() == day]
                    assert [_wall(one, place)[0] for one in of_day] == [780, 810, 840, 870], zone
