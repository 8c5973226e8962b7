"""What of the hours can still be booked, and the quarters that it takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contexts.tutoring.domain.availability import (
    Availability,
    DayOverride,
    Offer,
    Slot,
    Travel,
    cells,
    open_slots,
    slots,
)
from tests.unit.tutoring.hours import available, every_day

NOON, DAY = datetime(2026, 6, 3, 12, tzinfo=UTC), timedelta(days=1)


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


class TestTouchingHours:
    def test_are_one_stretch_over_midnight(self) -> None:
        night = available(
            "UTC", *every_day("22:30", "24:00"), *every_day("00:00", "02:00"), grid=30
        )

        found = slots(night, since=NOON, until=NOON + DAY)

        starts = [f"{slot.starts_at:%H:%M}" for slot in found]
        assert starts == ["22:30", "23:00", "23:30", "00:00", "00:30", "01:00"]

    def test_are_one_stretch_within_a_day(self) -> None:
        hours = available(
            "UTC", *every_day("09:00", "10:30"), *every_day("10:30", "12:00"), grid=30
        )

        found = slots(hours, since=NOON - DAY / 2, until=NOON)

        starts = [f"{slot.starts_at:%H:%M}" for slot in found]
        assert starts == ["09:00", "09:30", "10:00", "10:30", "11:00"]

    def test_around_the_clock_leave_no_gap(self) -> None:
        always = available("America/New_York", *every_day("00:00", "24:00"), grid=30)

        found = slots(always, since=NOON, until=NOON + 7 * DAY)

        assert len(found) == 7 * 48

    def test_end_where_the_next_day_is_off(self) -> None:
        off = DayOverride(on=(NOON + DAY).date(), off=True)
        always = replace(available("UTC", *every_day("00:00", "24:00"), grid=30), overrides=(off,))

        found = slots(always, since=NOON, until=NOON + DAY / 2)

        assert f"{found[-1].starts_at:%H:%M}" == "23:00"

    def test_end_where_the_clock_is_another_zones(self) -> None:
        trip = Travel(
            first=(NOON + DAY).date(), last=(NOON + 9 * DAY).date(), zone="America/New_York"
        )
        always = replace(available("UTC", *every_day("00:00", "24:00"), grid=30), travels=(trip,))

        found = slots(always, since=NOON, until=NOON + 2 * DAY / 3)

        assert f"{found[-1].starts_at:%H:%M}" == "23:00"
