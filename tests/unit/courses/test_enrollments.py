"""What an answer does to memory, and when a lesson is done: with fakes, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contexts.courses.domain.enrollments import Enrollment, LessonUnfinished
from contexts.courses.domain.reviews import MemoryState
from contexts.courses.events import ItemReviewed, LearnerEnrolled, LessonCompleted

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LEARNER = UUID("01900000-0000-7000-8000-000000000001")
ENROLLMENT = UUID("01900000-0000-7000-8000-000000000002")
VERSION = UUID("01900000-0000-7000-8000-000000000003")


def enrollment() -> Enrollment:
    return Enrollment(id=ENROLLMENT, learner_id=LEARNER, course="tiny", version_id=VERSION)


class NextDay:
    """A scheduler whose every review is due a day later."""

    model_version = "next-day.1"

    def review(self, state: MemoryState | None, *, rating: int, at: datetime) -> MemoryState:
        return MemoryState(
            stability=(state.stability if state else 0.0) + rating,
            difficulty=5.0,
            state="review",
            step=None,
            due=at + timedelta(days=1),
            last_review=at,
            model_version=self.model_version,
        )

    def retrievability(self, state: MemoryState, *, at: datetime) -> float:
        return 1.0


class TestBeginning:
    def test_tells_what_is_taught(self) -> None:
        begun = enrollment()

        begun.begin(language="es", level="A1", now=NOON)

        assert begun.collect_events() == [
            LearnerEnrolled(
                occurred_at=NOON,
                learner_id=LEARNER,
                enrollment_id=ENROLLMENT,
                course="tiny",
                language="es",
                level="A1",
            )
        ]


class TestReviewing:
    def test_schedules_and_records_each_item(self) -> None:
        mine = enrollment()

        states = mine.review(items=("a", "b"), rating=3, memories={}, scheduler=NextDay(), now=NOON)

        events = mine.collect_events()
        assert {item: state.due for item, state in states.items()} == {
            "a": NOON + timedelta(days=1),
            "b": NOON + timedelta(days=1),
        }
        assert [
            (event.item, event.rating) for event in events if isinstance(event, ItemReviewed)
        ] == [
            ("a", 3),
            ("b", 3),
        ]

    def test_goes_on_from_what_memory_held(self) -> None:
        before = NextDay().review(None, rating=3, at=NOON)

        states = enrollment().review(
            items=("a",), rating=1, memories={"a": before}, scheduler=NextDay(), now=NOON
        )

        assert states["a"].stability == 4.0

    def test_never_runs_back_when_clocks_disagree(self) -> None:
        ahead = NextDay().review(None, rating=3, at=NOON + timedelta(seconds=5))

        states = enrollment().review(
            items=("a",), rating=3, memories={"a": ahead}, scheduler=NextDay(), now=NOON
        )

        assert states["a"].last_review == NOON + timedelta(seconds=5)


class TestCompleting:
    def test_counts_what_was_right_in_the_end(self) -> None:
        mine = enrollment()

        correct = mine.complete(
            lesson="l", exercises=("x", "y"), passed={"x": True, "y": False}, now=NOON
        )

        assert correct == 1
        assert mine.collect_events() == [
            LessonCompleted(
                occurred_at=NOON,
                learner_id=LEARNER,
                enrollment_id=ENROLLMENT,
                course="tiny",
                lesson="l",
                exercises=2,
                correct=1,
            )
        ]

    def test_is_refused_while_an_exercise_has_no_answer(self) -> None:
        mine = enrollment()

        with pytest.raises(LessonUnfinished) as refusal:
            mine.complete(lesson="l", exercises=("x", "y"), passed={"x": True}, now=NOON)

        assert refusal.value.params["missing"] == ["y"]
        assert mine.collect_events() == []

    def test_ignores_answers_to_what_the_version_no_longer_has(self) -> None:
        correct = enrollment().complete(
            lesson="l", exercises=("x",), passed={"x": True, "gone": True}, now=NOON
        )

        assert correct == 1
