from datetime import UTC, datetime, timedelta, timezone

import pytest

from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain.reviews import MemoryState

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
START = datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
scheduler = FsrsScheduler()


def replayed(ratings: list[int], gaps: list[int]) -> MemoryState:
    state, at = None, START
    for rating, gap in zip(ratings, gaps, strict=True):
        at += timedelta(days=gap)
        state = scheduler.review(state, rating=rating, at=at)
    assert state is not None
    return state


class TestPublishedVectors:
    def test_give_the_intervals_of_a_long_history(self) -> None:
        ratings = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
        state, at, intervals = None, START, []

        for rating in ratings:
            state = scheduler.review(state, rating=rating, at=at)
            intervals.append((state.due - state.last_review).days)
            at = state.due

        assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]

    def test_give_the_memory_state_of_a_history(self) -> None:
        state = replayed([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21])

        assert state.stability == pytest.approx(53.62691, abs=1e-4)
        assert state.difficulty == pytest.approx(6.3574867, abs=1e-4)

    @pytest.mark.parametrize(
        ("rating", "stability", "difficulty"),
        [
            (AGAIN, 0.212, 6.4133),
            (HARD, 1.2931, 5.11217),
            (GOOD, 2.3065, 2.11810),
            (EASY, 8.2956, 1.0),
        ],
    )
    def test_give_the_first_state(self, rating: int, stability: float, difficulty: float) -> None:
        state = scheduler.review(None, rating=rating, at=START)

        assert state.stability == pytest.approx(stability, abs=1e-9)
        assert state.difficulty == pytest.approx(difficulty, abs=1e-5)

    @pytest.mark.parametrize(("days", "expected"), [(10, 0.774367), (100, 0.558907)])
    def test_give_retrievability(self, days: int, expected: float) -> None:
        state = scheduler.review(None, rating=GOOD, at=START)

        found = scheduler.retrievability(state, at=START + timedelta(days=days))

        assert found == pytest.approx(expected, abs=1e-6)

    def test_give_nine_tenths_after_the_stability(self) -> None:
        state = MemoryState(
            stability=7.0,
            difficulty=5.0,
            state="review",
            step=None,
            due=START,
            last_review=START,
            model_version="fsrs-6.default",
        )

        found = scheduler.retrievability(state, at=START + timedelta(days=7))

        assert found == pytest.approx(0.9, abs=1e-12)

    def test_keep_stability_above_its_floor(self) -> None:
        assert replayed([AGAIN] * 1000, [1] * 1000).stability >= 0.001

    def test_clamp_difficulty(self) -> None:
        assert replayed([EASY] * 10, [1] * 10).difficulty == 1.0

    def test_leave_stability_alone_after_hard_on_the_same_day(self) -> None:
        known = MemoryState(
            stability=5.0,
            difficulty=5.0,
            state="review",
            step=None,
            due=START,
            last_review=START,
            model_version="fsrs-6.default",
        )

        assert scheduler.review(known, rating=HARD, at=START).stability == 5.0


class TestReviewing:
    def test_refuses_a_naive_instant(self) -> None:
        with pytest.raises(ValueError, match="aware"):
            scheduler.review(None, rating=GOOD, at=START.replace(tzinfo=None))

    @pytest.mark.parametrize("rating", [0, 5])
    def test_refuses_an_unknown_rating(self, rating: int) -> None:
        with pytest.raises(ValueError, match="not a valid Rating"):
            scheduler.review(None, rating=rating, at=START)

    def test_reads_instants_of_other_zones(self) -> None:
        there = START.astimezone(timezone(timedelta(hours=9)))

        assert scheduler.review(None, rating=GOOD, at=there) == scheduler.review(
            None, rating=GOOD, at=START
        )

    def test_takes_an_earlier_instant_for_the_last_review(self) -> None:
        state = scheduler.review(None, rating=GOOD, at=START)

        again = scheduler.review(state, rating=GOOD, at=START - timedelta(seconds=5))

        assert again.last_review == START

    def test_replays_to_the_same_state(self) -> None:
        history = ([GOOD, AGAIN, GOOD, HARD, GOOD], [0, 3, 0, 1, 9])

        assert replayed(*history) == replayed(*history)

    def test_names_its_model(self) -> None:
        assert scheduler.review(None, rating=GOOD, at=START).model_version == "fsrs-6.default.2"
