"""Slots where clocks change, days lack hours, and tutors travel."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contexts.tutoring.domain.availability import (
    Availability,
    DayOverride,
    Hours,
    HoursMalformed,
    HoursOverlap,
    Offer,
    Slot,
    TooMuchAvailability,
    TravelsOverlap,
    WeeklyRule,
    cells,
    open_slots,
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
from tests.unit.tutoring.hours import available, between, day_off, every_day, hours, on, travel

# Zones that only machines use, and folders of theirs.
ALL_ZONES = sorted(zone for zone in available_timezones() if zone not in {"localtime", "Factory"})


class TestAChangeDay:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2026-03-28", ["12:00", "13:00", "14:00", "15:00", "16:00"]),
            ("2026-03-29", ["11:00", "12:00", "13:00", "14:00", "15:00"]),
            ("2026-10-24", ["11:00", "12:00", "13:00", "14:00", "15:00"]),
            ("2026-10-25", ["12:00", "13:00", "14:00", "15:00", "16:00"]),
        ],
    )
    def test_does_not_shift_an_afternoon(self, day: str, expected: list[str]) -> None:
        afternoon = available("Europe/Madrid", *every_day("13:00", "18:00"))

        assert on(day, afternoon) == expected

    def test_skips_what_the_clock_skips(self) -> None:
        night = available("Europe/Madrid", *every_day("01:00", "05:00"))

        starts = [
            slot.starts_at for slot in between("2026-03-28T23:00Z", "2026-03-29T12:00Z", night)
        ]

        # 01:00, then 03:00 and 04:00: there is no 02:00.
        assert [f"{start:%H:%M}" for start in starts] == ["00:00", "01:00", "02:00"]

    def test_offers_once_what_the_clock_shows_twice(self) -> None:
        night = available("Europe/Madrid", *every_day("01:00", "04:00"))

        starts = [
            slot.starts_at for slot in between("2026-10-24T22:00Z", "2026-10-25T12:00Z", night)
        ]

        # 01:00, 02:00 the first time, 03:00: an hour passes with nothing in it.
        assert [f"{start:%d %H:%M}" for start in starts] == ["24 23:00", "25 00:00", "25 02:00"]

    def test_never_ends_a_lesson_after_the_hours(self) -> None:
        early = available("Europe/Madrid", *every_day("01:00", "02:30"), grid=30)

        starts = [
            slot.starts_at for slot in between("2026-03-28T23:00Z", "2026-03-29T12:00Z", early)
        ]

        # An hour from 01:30 would be over at 03:30 on the tutor's clock.
        assert [f"{start:%H:%M}" for start in starts] == ["00:00"]


class TestADayWithoutMidnight:
    @pytest.mark.parametrize(
        ("zone", "day", "first"),
        [
            ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00+00:00"),
            ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00+00:00"),
            ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00+00:00"),
        ],
    )
    def test_begins_with_its_first_hour(self, zone: str, day: str, first: str) -> None:
        midnight = datetime.fromisoformat(day).replace(tzinfo=UTC)
        all_day = available(zone, *every_day("00:00", "03:00"))

        starts = [
            slot.starts_at
            for slot in slots(
                all_day,
                since=midnight - timedelta(hours=14),
                until=midnight + timedelta(hours=14),
            )
            if slot.starts_at.astimezone(ZoneInfo(zone)).date().isoformat() == day
        ]

        assert starts[0] == datetime.fromisoformat(first)
        assert [f"{start.astimezone(ZoneInfo(zone)):%H:%M}" for start in starts] == [
            "01:00",
            "02:00",
        ]


class TestOddOffsets:
    @pytest.mark.parametrize(
        ("zone", "day", "expected"),
        [
            ("Asia/Kathmandu", "2026-06-01", "03:15"),
            ("Pacific/Chatham", "2026-06-01", "20:15"),
            ("Australia/Lord_Howe", "2026-06-01", "22:30"),
            ("Australia/Lord_Howe", "2026-12-01", "22:00"),
        ],
    )
    def test_are_kept(self, zone: str, day: str, expected: str) -> None:
        assert on(day, available(zone, *every_day("09:00", "10:00"))) == [expected]

    def test_of_half_an_hour_skip_half_an_hour(self) -> None:
        # On Lord Howe, the clock goes from 02:00 to 02:30.
        night = available("Australia/Lord_Howe", *every_day("01:30", "04:00"), length=30, grid=30)
        place = ZoneInfo("Australia/Lord_Howe")

        made = between("2026-10-03T12:00Z", "2026-10-03T20:00Z", night)

        walls = [f"{slot.starts_at.astimezone(place):%H:%M}" for slot in made]
        assert walls == ["01:30", "02:30", "03:00", "03:30"]

    def test_leave_a_lost_day_empty(self) -> None:
        # Samoa had no 30 December 2011.
        mornings = available("Pacific/Apia", *every_day("09:00", "10:00"))

        made = between("2011-12-29T00:00Z", "2012-01-01T00:00Z", mornings)

        local = [slot.starts_at.astimezone(ZoneInfo("Pacific/Apia")) for slot in made]
        assert [f"{at:%d}" for at in local] == ["29", "31", "01"]


class TestTravel:
    def test_keeps_the_hours_on_the_clock_of_the_place(self) -> None:
        mornings = available(
            "Europe/Madrid",
            *every_day("09:00", "10:00"),
            travels=(travel("2026-06-02", "2026-06-03", "Asia/Tokyo"),),
        )

        made = between("2026-06-01T00:00Z", "2026-06-05T00:00Z", mornings)

        assert [f"{slot.starts_at:%d %H:%M}" for slot in made] == [
            "01 07:00",
            "02 00:00",
            "03 00:00",
            "04 07:00",
        ]

    def test_over_the_date_line_makes_no_slot_twice(self) -> None:
        days = available(
            "Pacific/Apia",
            *every_day("00:00", "24:00"),
            travels=(travel("2026-06-02", "2026-06-09", "America/Los_Angeles"),),
        )

        made = between("2026-05-31T00:00Z", "2026-06-12T00:00Z", days)

        starts = [slot.starts_at for slot in made]
        assert len(starts) == len(set(starts))
        assert starts == sorted(starts)

    def test_may_not_be_in_two_places(self) -> None:
        trips = (travel("2026-06-02", "2026-06-05", "Asia/Tokyo"),)

        with pytest.raises(TravelsOverlap):
            available("UTC", travels=(*trips, travel("2026-06-05", "2026-06-06", "UTC")))
        with pytest.raises(TravelsOverlap):
            available("UTC", travels=(travel("2026-06-05", "2026-06-02", "UTC"),))


class TestADate:
    def test_may_be_off(self) -> None:
        week = available("UTC", *every_day("09:00", "11:00"), overrides=(day_off("2026-06-02"),))

        assert on("2026-06-01", week) == on("2026-06-03", week) == ["09:00", "10:00"]
        assert on("2026-06-02", week) == []

    def test_may_have_more_hours(self) -> None:
        extra = _override("2026-06-02", hours("20:00", "21:00"), off=False)
        week = available("UTC", *every_day("09:00", "10:00"), overrides=(extra,))

        assert on("2026-06-02", week) == ["09:00", "20:00"]

    def test_may_have_other_hours(self) -> None:
        other = _override("2026-06-02", hours("20:00", "21:00"), off=True)
        week = available("UTC", *every_day("09:00", "10:00"), overrides=(other,))

        assert on("2026-06-02", week) == ["20:00"]


def _override(day: str, *extra: Hours, off: bool) -> DayOverride:
    return DayOverride(on=day_off(day).on, off=off, extra=extra)


class TestHours:
    @pytest.mark.parametrize(
        ("start", "end"), [(0, 0), (60, 30), (-15, 15), (0, 1455), (7, 60), (0, 50)]
    )
    def test_of_no_day_are_refused(self, start: int, end: int) -> None:
        with pytest.raises(HoursMalformed):
            Hours(start, end)

    def test_that_overlap_are_refused(self) -> None:
        rules = (WeeklyRule(1, hours("09:00", "11:00")), WeeklyRule(1, hours("10:00", "12:00")))

        with pytest.raises(HoursOverlap):
            available("UTC", *rules)

    def test_may_follow_one_another_and_end_the_day(self) -> None:
        rules = (WeeklyRule(1, hours("22:00", "23:00")), WeeklyRule(1, hours("23:00", "24:00")))

        assert on("2026-06-01", available("UTC", *rules)) == ["22:00", "23:00"]

    def test_are_so_many_at_most(self) -> None:
        with pytest.raises(TooMuchAvailability):
            available("UTC", *(WeeklyRule(1, hours("09:00", "10:00")),) * 61)

    @pytest.mark.parametrize("weekday", [0, 8, -1])
    def test_of_no_weekday_are_refused(self, weekday: int) -> None:
        with pytest.raises(HoursMalformed):
            WeeklyRule(weekday, hours("09:00", "10:00"))


class TestAnOffer:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"lesson_minutes": 0},
            {"lesson_minutes": 50},
            {"lesson_minutes": 255},
            {"grid_minutes": 0},
            {"buffer_minutes": 5},
            {"notice_minutes": -1},
            {"horizon_days": 0},
            {"horizon_days": 366},
        ],
    )
    def test_beyond_its_limits_is_refused(self, wrong: dict[str, int]) -> None:
        with pytest.raises(HoursMalformed):
            Offer(**wrong)


class TestOpenSlots:
    NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)

    def _open(self, busy: tuple[int, ...] = (), **offer: int) -> list[str]:
        availability = Availability(
            zone="UTC",
            rules=every_day("09:00", "12:00"),
            offer=Offer(**{"notice_minutes": 0, "grid_minutes": 60, **offer}),
        )
        made = open_slots(
            availability,
            since=datetime.min.replace(tzinfo=UTC),
            until=datetime.max.replace(tzinfo=UTC),
            now=self.NOW,
            busy=busy,
        )
        return [f"{slot.starts_at:%d %H:%M}" for slot in made]

    def test_lie_between_notice_and_horizon(self) -> None:
        assert self._open(notice_minutes=120, horizon_days=1) == ["01 10:00", "01 11:00"]

    def test_are_not_taken(self) -> None:
        ten = datetime(2026, 6, 1, 10, tzinfo=UTC)
        lesson = cells(Slot(ten, ten + timedelta(hours=1)))

        assert self._open(tuple(lesson), horizon_days=1) == ["01 09:00", "01 11:00"]
        assert self._open(tuple(lesson), horizon_days=1, buffer_minutes=15) == []


class TestCells:
    def test_are_the_quarters_that_a_slot_touches(self) -> None:
        start = datetime(1970, 1, 1, 1, 7, tzinfo=UTC)

        assert list(cells(Slot(start, start + timedelta(minutes=30)))) == [4, 5, 6]

    @given(
        start=st.integers(0, 4_000),
        length=st.integers(1, 16),
        other=st.integers(0, 4_000),
        other_length=st.integers(1, 16),
    )
    def test_of_two_slots_meet_where_the_slots_do(
        self, start: int, length: int, other: int, other_length: int
    ) -> None:
        one, two = _quarters(start, length), _quarters(other, other_length)
        meet = one.starts_at < two.ends_at and two.starts_at < one.ends_at

        assert set(cells(one)).isdisjoint(cells(two)) is not meet


def _quarters(start: int, length: int) -> Slot:
    begin = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * start)
    return Slot(begin, begin + timedelta(minutes=15 * length))


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
            assert last.date() == wall.date()
            assert last.hour * 60 + last.minute < within.end
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
        extra = _override("2026-06-02", hours("20:00", "24:00"), off=True)
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
