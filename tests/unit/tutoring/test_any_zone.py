"""Weeks of any hours in any zone: their slots, and the document they are kept as."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contexts.tutoring.domain.availability import (
    Availability,
    Hours,
    HoursMalformed,
    Offer,
    WeeklyRule,
    slots,
)
from contexts.tutoring.domain.documents import (
    UnknownTimeZone,
    clock,
    known_zone,
    minutes,
    read,
    written,
)
from tests.unit.tutoring.hours import ALL_ZONES, available, every_day, hours, override, travel


@st.composite
def _weeks(draw: st.DrawFn) -> Availability:
    quarters = st.integers(0, 95)
    found = {}
    for weekday in draw(st.sets(st.integers(1, 7), min_size=1, max_size=3)):
        start = draw(quarters)
        found[weekday] = Hours(start * 15, draw(st.integers(start + 1, 96)) * 15)
    offer = Offer(
        lesson_minutes=draw(st.sampled_from([15, 30, 60])),
        grid_minutes=draw(st.sampled_from([15, 30, 60])),
    )
    rules = tuple(WeeklyRule(weekday, hours) for weekday, hours in found.items())
    return Availability(zone=draw(st.sampled_from(ALL_ZONES)), rules=rules, offer=offer)


class TestInAnyZone:
    @settings(max_examples=300, deadline=None)
    @given(week=_weeks(), day=st.integers(0, 3_650))
    def test_slots_lie_in_the_hours_of_the_tutors_clock(self, week: Availability, day: int) -> None:
        since = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day)
        place = ZoneInfo(week.zone)
        by_day = {rule.weekday: rule.hours for rule in week.rules}

        made = slots(week, since=since, until=since + timedelta(days=8))

        for slot in made:
            wall = slot.starts_at.astimezone(place)
            last = (slot.ends_at - timedelta(minutes=1)).astimezone(place)
            within = by_day[wall.isoweekday()]
            minute = wall.hour * 60 + wall.minute
            assert wall.fold == 0
            assert within.start <= minute
            assert (minute - within.start) % week.offer.grid_minutes == 0
            if last.date() == wall.date():
                assert last.hour * 60 + last.minute < within.end
            else:
                # Only hours that touch at midnight are one stretch.
                after = by_day[last.isoweekday()]
                assert (within.end, after.start) == (24 * 60, 0)
                assert last.hour * 60 + last.minute < after.end
            assert slot.ends_at - slot.starts_at == timedelta(minutes=week.offer.lesson_minutes)
        assert made == sorted(set(made))

    @pytest.mark.parametrize("year", [2026])
    def test_noon_is_offered_every_day(self, year: int) -> None:
        # Nowhere does a clock change at noon: a year of noons has all its days.
        since, until = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)

        for zone in ALL_ZONES:
            noons = slots(available(zone, *every_day("12:00", "13:00")), since=since, until=until)
            walls = {slot.starts_at.astimezone(ZoneInfo(zone)).hour for slot in noons}
            assert (len(noons), walls) == (365, {12}), zone

    @settings(max_examples=100, deadline=None)
    @given(week=_weeks(), day=st.integers(0, 3_650), cut=st.integers(1, 7 * 24 * 60 - 1))
    def test_a_window_is_the_sum_of_its_parts(self, week: Availability, day: int, cut: int) -> None:
        since = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=day)
        middle, until = since + timedelta(minutes=cut), since + timedelta(days=7)

        whole = slots(week, since=since, until=until)

        parts = slots(week, since=since, until=middle) + slots(week, since=middle, until=until)
        assert whole == parts


class TestADocument:
    @settings(max_examples=100, deadline=None)
    @given(week=_weeks())
    def test_says_all_there_is(self, week: Availability) -> None:
        assert read(written(week)) == week

    def test_holds_dates_and_travels(self) -> None:
        extra = override("2026-06-02", hours("20:00", "24:00"), off=True)
        trips = (travel("2026-06-02", "2026-06-05", "Asia/Tokyo"),)
        whole = available("UTC", overrides=(extra,), travels=trips)

        assert read(written(whole)) == whole

    @pytest.mark.parametrize(
        "name", ["", "Moon/Base", "../etc/passwd", "Europe", "x" * 300, "\x00"]
    )
    def test_knows_no_other_zones(self, name: str) -> None:
        with pytest.raises(UnknownTimeZone):
            known_zone(name)

    @pytest.mark.parametrize("text", ["", "9:00", "25:00", "12:60", "12:00:00", "noon", "٠٩:٠٠"])
    def test_knows_no_other_times(self, text: str) -> None:
        with pytest.raises(HoursMalformed):
            minutes(text)

    @pytest.mark.parametrize("text", ["00:00", "09:45", "24:00"])
    def test_writes_times_as_it_reads_them(self, text: str) -> None:
        assert clock(minutes(text)) == text
