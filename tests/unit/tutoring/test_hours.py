"""The hours that a tutor may set, on weekdays and on single dates."""

import pytest

from contexts.tutoring.domain.availability import (
    Hours,
    HoursMalformed,
    HoursOverlap,
    Offer,
    TooMuchAvailability,
    WeeklyRule,
)
from tests.unit.tutoring.hours import available, day_off, every_day, hours, on, override


class TestADate:
    def test_may_be_off(self) -> None:
        week = available("UTC", *every_day("09:00", "11:00"), overrides=(day_off("2026-06-02"),))

        assert on("2026-06-01", week) == on("2026-06-03", week) == ["09:00", "10:00"]
        assert on("2026-06-02", week) == []

    def test_may_have_more_hours(self) -> None:
        extra = override("2026-06-02", hours("20:00", "21:00"), off=False)
        week = available("UTC", *every_day("09:00", "10:00"), overrides=(extra,))

        assert on("2026-06-02", week) == ["09:00", "20:00"]

    def test_may_have_other_hours(self) -> None:
        other = override("2026-06-02", hours("20:00", "21:00"), off=True)
        week = available("UTC", *every_day("09:00", "10:00"), overrides=(other,))

        assert on("2026-06-02", week) == ["20:00"]


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
