"""Slots where clocks change, days lack hours, and tutors travel."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from contexts.tutoring.domain.availability import TravelsOverlap, slots
from tests.unit.tutoring.hours import available, between, every_day, on, travel


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


class TestAZoneThatGaveUpChanging:
    """Written from the laws of the two provinces, not from zone files."""

    @pytest.mark.parametrize(
        ("zone", "day", "expected"),
        [
            ("America/Vancouver", "2025-12-01", "17:00"),
            ("America/Vancouver", "2026-07-01", "16:00"),
            ("America/Vancouver", "2026-12-01", "16:00"),
            ("America/Edmonton", "2025-12-01", "16:00"),
            ("America/Edmonton", "2026-07-01", "15:00"),
            ("America/Edmonton", "2026-12-01", "15:00"),
        ],
    )
    def test_keeps_its_summer_clock(self, zone: str, day: str, expected: str) -> None:
        assert on(day, available(zone, *every_day("09:00", "10:00"))) == [expected]


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
