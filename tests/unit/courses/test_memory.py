"""The log of a learner's answers, and the memory that follows from it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain.enrollments import Enrollment
from contexts.courses.domain.reviews import (
    Answered,
    Ask,
    MemoryState,
    Moment,
    Trace,
    late_items,
    recall,
    replay,
)
from contexts.shared.kernel import new_id

AGAIN, GOOD = 1, 3
SCHEDULER = FsrsScheduler()
MADRID = "Europe/Madrid"


def there(*when: int, zone: str = MADRID) -> Moment:
    year, month, day, hour, minute = when
    return Moment(datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone)), zone)


def answered(moment: Moment, rating: int = GOOD, ask: Ask = Ask.PRODUCTION) -> Answered:
    return Answered(attempt_id=new_id(), moment=moment, ask=ask, ratings={"w": rating})


def state_after(*log: Answered) -> MemoryState:
    state = replay(log, "w", scheduler=SCHEDULER).state
    assert state is not None
    return state


def known(moment: Moment, *, stability: float = 2.3065) -> Trace:
    """Return a word in review that was last asked at a moment."""
    return Trace(
        state=MemoryState(
            stability=stability,
            difficulty=2.1181,
            state="review",
            step=None,
            due=moment.at,
            last_review=moment.at,
            model_version=SCHEDULER.model_version,
            last_day=moment.day,
        )
    )


def stability_after(first: Moment, second: Moment) -> float:
    state = known(first).after(answered(second), "w", scheduler=SCHEDULER).state
    assert state is not None
    return round(state.stability, 2)


class TestADay:
    @pytest.mark.parametrize(
        ("second", "expected"),
        [
            (there(2026, 3, 3, 20, 30), 7.32),
            (there(2026, 3, 3, 0, 5), 7.32),
            (there(2026, 3, 3, 23, 59), 7.32),
            (there(2026, 3, 2, 23, 59), 2.31),
        ],
        ids=["the next evening", "past midnight", "27 hours later", "the same evening"],
    )
    def test_is_the_learners(self, second: Moment, expected: float) -> None:
        evening = there(2026, 3, 2, 21, 0)

        assert stability_after(evening, second) == expected

    def test_of_25_hours_is_one(self) -> None:
        first, second = there(2026, 10, 25, 0, 10), there(2026, 10, 25, 23, 55)
        assert second.at.astimezone(UTC) - first.at.astimezone(UTC) > timedelta(hours=24)

        assert stability_after(first, second) == 2.31

    def test_is_that_of_the_zone_at_that_time(self) -> None:
        tokyo = there(2026, 3, 3, 7, 0, zone="Asia/Tokyo")
        same_day = there(2026, 3, 3, 9, 0, zone="Asia/Tokyo")

        assert stability_after(there(2026, 3, 2, 21, 0), tokyo) == 7.32
        assert stability_after(tokyo, same_day) == 2.31

    def test_is_not_lived_twice_by_a_traveller_to_the_west(self) -> None:
        first = there(2026, 3, 3, 1, 0, zone="Asia/Tokyo")
        second = there(2026, 3, 2, 20, 0, zone="America/Los_Angeles")

        state = known(first).after(answered(second), "w", scheduler=SCHEDULER).state

        assert state is not None
        assert state.last_day == first.day

    @pytest.mark.parametrize("zone", [MADRID, "Pacific/Apia", "America/Los_Angeles"])
    def test_begins_with_what_is_due(self, zone: str) -> None:
        evening = there(2026, 3, 2, 21, 0, zone=zone)

        state = known(evening, stability=1.0).after(
            answered(there(2026, 3, 3, 21, 0, zone=zone)), "w", scheduler=SCHEDULER
        )

        assert state.state is not None
        due = state.state.due.astimezone(ZoneInfo(zone))
        assert (due.hour, due.minute) == (0, 0)
        assert due.date() > evening.day + timedelta(days=1)

    def test_counts_for_the_expected_recall(self) -> None:
        state = known(there(2026, 3, 2, 21, 0)).state
        assert state is not None

        same, next_ = (
            recall(state, moment, scheduler=SCHEDULER)
            for moment in (there(2026, 3, 2, 23, 0), there(2026, 3, 3, 0, 30))
        )

        assert same == 1.0
        assert next_ < 1.0


class TestAShowing:
    def test_is_no_review_the_first_time(self) -> None:
        shown = answered(there(2026, 3, 2, 9, 0), AGAIN, Ask.SHOWING)

        trace = Trace().after(shown, "w", scheduler=SCHEDULER)

        assert trace == Trace(shown_at=shown.moment.at)

    def test_counts_half_after_that(self) -> None:
        first, second = there(2026, 3, 2, 9, 0), there(2026, 3, 3, 9, 0)
        shown = [answered(first, GOOD, Ask.SHOWING), answered(second, GOOD, Ask.SHOWING)]

        assert state_after(*shown).stability == pytest.approx(2.3065 / 2)

    @pytest.mark.parametrize("ask", [Ask.SHOWING, Ask.RECOGNITION])
    def test_and_a_choice_count_less_than_typing(self, ask: Ask) -> None:
        first, second = there(2026, 3, 2, 9, 0), there(2026, 3, 5, 9, 0)

        typed, chosen = (
            known(first).after(answered(second, GOOD, one), "w", scheduler=SCHEDULER).state
            for one in (Ask.PRODUCTION, ask)
        )

        assert typed is not None
        assert chosen is not None
        assert chosen.stability == pytest.approx((2.3065 + typed.stability) / 2)
        assert chosen.due < typed.due

    @pytest.mark.parametrize("ask", [Ask.SHOWING, Ask.RECOGNITION])
    def test_that_fails_counts_whole(self, ask: Ask) -> None:
        first, second = there(2026, 3, 2, 9, 0), there(2026, 3, 5, 9, 0)

        failed, typed = (
            known(first).after(answered(second, AGAIN, one), "w", scheduler=SCHEDULER).state
            for one in (ask, Ask.PRODUCTION)
        )

        assert failed == typed


def uploaded(log: list[Answered]) -> Trace:
    """Return the trace that answers leave as they arrive, one by one."""
    enrollment = Enrollment(
        id=new_id(),
        learner_id=new_id(),
        course="tiny",
        version_id=new_id(),
        enrolled_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    trace, arrived = Trace(), list[Answered]()
    for one in log:
        traces = {"w": trace}
        past = arrived if late_items(one, traces, scheduler=SCHEDULER) else []
        reviewed = enrollment.review(
            one, traces=traces, log=past, scheduler=SCHEDULER, now=one.moment.at
        )
        trace = reviewed["w"]
        arrived.append(one)
    return trace


ANSWERS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.sampled_from([AGAIN, GOOD]),
        st.sampled_from([*Ask]),
        st.sampled_from([MADRID, "Asia/Tokyo"]),
    ),
    min_size=1,
    max_size=4,
)


class TestALog:
    @given(ANSWERS)
    def test_leaves_the_same_state_in_any_order_of_arrival(
        self, answers: list[tuple[int, int, Ask, str]]
    ) -> None:
        begin = datetime(2026, 3, 1, tzinfo=UTC)
        log = [
            Answered(
                attempt_id=UUID(int=number),
                moment=Moment(begin + timedelta(hours=hours), zone),
                ask=ask,
                ratings={"w": rating},
            )
            for number, (hours, rating, ask, zone) in enumerate(answers)
        ]
        expected = replay(log, "w", scheduler=SCHEDULER)

        for order in permutations(log):
            found = uploaded(list(order))
            assert found.state == expected.state
