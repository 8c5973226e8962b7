"""What of the hours can still be booked, and the quarters that it takes."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contexts.tutoring.domain.availability import Availability, Offer, Slot, cells, open_slots
from tests.unit.tutoring.hours import every_day


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
