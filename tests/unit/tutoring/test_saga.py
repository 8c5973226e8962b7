"""The booking saga on fakes: repeated calls, missing credits, and a crash after every step."""

from typing import Any
from uuid import UUID

import pytest

from contexts.tutoring.domain.availability import Slot, cells
from contexts.tutoring.domain.booking import (
    LanguageNotTaught,
    LearnerBusy,
    OwnLesson,
    Record,
    SlotNotOffered,
    SlotTaken,
    TooLateToBook,
    TooManyCancellations,
    TooManyOpenLessons,
)
from contexts.tutoring.domain.lesson_refusals import BookingLapsed, NotEnoughCredits
from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.domain.tutors import TutorNotFound
from tests.fakes.crashes import Calls, Crashed
from tests.fakes.tutoring import LEARNER, LESSON, NOW, START, TUTOR, FakeTutoring, pending

SECOND = UUID(int=9)
STEPS = ("begin", "read", "credits.hold", "confirm")


def book(saga: Any, lesson_id: UUID = LESSON, **changes: Any) -> UUID:
    facts = {
        "lesson_id": lesson_id,
        "learner_id": LEARNER,
        "tutor_id": TUTOR,
        "starts_at": START,
        "language": "en",
        "now": NOW,
    }
    booked_id: UUID = saga.book(**{**facts, **changes})
    return booked_id


def names(tutoring: FakeTutoring) -> list[str]:
    return [type(event).__name__ for event in tutoring.lessons.events]


class TestBooking:
    def test_ends_in_a_booked_lesson_and_a_held_credit(self) -> None:
        tutoring = FakeTutoring()

        book(tutoring.saga())

        assert tutoring.lessons.rows[LESSON].state is LessonState.BOOKED
        assert (tutoring.credits.available, tutoring.credits.held) == (0, {LESSON})
        assert names(tutoring) == ["LessonBooked"]

    def test_locks_both_diaries_before_it_looks(self) -> None:
        tutoring = FakeTutoring()

        book(tutoring.saga())

        assert tutoring.diaries.locked == [(LEARNER, TUTOR)]

    def test_under_the_same_key_returns_the_same_lesson(self) -> None:
        tutoring = FakeTutoring()

        first, second = book(tutoring.saga("k")), book(tutoring.saga("k"), SECOND)

        assert first == second == LESSON
        assert tutoring.credits.held == {LESSON}
        assert names(tutoring) == ["LessonBooked"]

    def test_without_a_credit_lapses_and_says_so_each_time(self) -> None:
        tutoring = FakeTutoring()
        tutoring.credits.available = 0

        for lesson_id in (LESSON, SECOND):
            with pytest.raises(NotEnoughCredits):
                book(tutoring.saga("k"), lesson_id)

        assert tutoring.lessons.rows[LESSON].state is LessonState.LAPSED
        assert names(tutoring) == ["LessonLapsed"]

    def test_that_a_sweep_gave_up_meanwhile_says_so(self) -> None:
        tutoring = FakeTutoring(keys={"k": LESSON})
        tutoring.lessons.add(pending())
        tutoring.booking.lapse(lesson_id=LESSON, because="abandoned", now=NOW)

        with pytest.raises(BookingLapsed):
            book(tutoring.saga("k"), SECOND)

        assert tutoring.credits.held == set()

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"learner_id": TUTOR}, OwnLesson),
            ({"tutor_id": SECOND}, TutorNotFound),
            ({"language": "es"}, LanguageNotTaught),
            ({"starts_at": NOW}, TooLateToBook),
            ({"starts_at": START.replace(minute=7)}, SlotNotOffered),
        ],
    )
    def test_refuses_before_it_takes_anything(
        self, changes: dict[str, Any], refusal: type[Exception]
    ) -> None:
        tutoring = FakeTutoring()

        with pytest.raises(refusal):
            book(tutoring.saga(), **changes)

        assert tutoring.lessons.rows == {}
        assert tutoring.credits.held == set()

    @pytest.mark.parametrize(("person", "refusal"), [(TUTOR, SlotTaken), (LEARNER, LearnerBusy)])
    def test_refuses_a_busy_participant(self, person: UUID, refusal: type[Exception]) -> None:
        tutoring = FakeTutoring()
        taken = frozenset(cells(Slot(START, pending().ends_at)))
        tutoring.diaries.taken[person] = taken

        with pytest.raises(refusal):
            book(tutoring.saga())

        assert tutoring.lessons.rows == {}


class TestACrash:
    @pytest.mark.parametrize("last", range(1, len(STEPS) + 1), ids=STEPS)
    def test_is_finished_by_the_same_call(self, last: int) -> None:
        tutoring = FakeTutoring()
        calls = Calls(last=last)
        with pytest.raises(Crashed):
            book(calls.watch(tutoring.saga("k")))

        assert book(tutoring.saga("k"), SECOND) == LESSON

        assert calls.made == list(STEPS[:last])
        assert tutoring.lessons.rows[LESSON].state is LessonState.BOOKED
        assert (tutoring.credits.available, tutoring.credits.held) == (0, {LESSON})
        assert names(tutoring) == ["LessonBooked"]

    @pytest.mark.parametrize(
        ("last", "state"),
        [
            (1, LessonState.LAPSED),
            (2, LessonState.LAPSED),
            (3, LessonState.BOOKED),
            (4, LessonState.BOOKED),
        ],
        ids=STEPS,
    )
    def test_is_finished_by_the_sweep(self, last: int, state: LessonState) -> None:
        tutoring = FakeTutoring()
        with pytest.raises(Crashed):
            book(Calls(last=last).watch(tutoring.saga("k")))

        for _ in range(2):
            tutoring.saga().finish(lesson_id=LESSON, now=NOW)

        assert tutoring.lessons.rows[LESSON].state is state
        assert len(names(tutoring)) == 1

    def test_after_a_lapse_stays_a_lapse(self) -> None:
        tutoring = FakeTutoring()
        tutoring.credits.available = 0
        # The refused hold returns nothing, so the third call to end is the lapse.
        with pytest.raises(Crashed):
            book(Calls(last=3).watch(tutoring.saga("k")))
        tutoring.credits.available = 1

        with pytest.raises(NotEnoughCredits):
            book(tutoring.saga("k"), SECOND)

        assert tutoring.credits.held == set()


class TestFinishing:
    def test_an_unknown_lesson_does_nothing(self) -> None:
        tutoring = FakeTutoring()

        tutoring.saga().finish(lesson_id=LESSON, now=NOW)

        assert tutoring.lessons.rows == {}


class TestHoarding:
    @pytest.mark.parametrize(
        ("record", "refusal"),
        [
            (Record(open=20, canceled=0), TooManyOpenLessons),
            (Record(open=0, canceled=10), TooManyCancellations),
        ],
    )
    def test_is_refused_with_the_limit(self, record: Record, refusal: type[Exception]) -> None:
        tutoring = FakeTutoring()
        tutoring.lessons.record = record

        with pytest.raises(refusal, match="20" if record.open else "10"):
            book(tutoring.saga())

        assert tutoring.lessons.rows == {}

    def test_is_not_what_busy_people_do(self) -> None:
        tutoring = FakeTutoring()
        tutoring.lessons.record = Record(open=19, canceled=9)

        book(tutoring.saga())

        assert tutoring.lessons.rows[LESSON].state is LessonState.BOOKED
