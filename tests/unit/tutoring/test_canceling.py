"""Canceling a lesson, by a person or by the system."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.lesson_refusals import LessonNotBooked, LessonNotFound, LessonStarted
from tests.fakes.tutoring import LEARNER, LESSON, NOW, START, TUTOR, FakeTutoring, pending
from tests.unit.tutoring.lessons import END, STRANGER, THERE, outcome, tutoring_with


class TestCanceling:
    @pytest.mark.parametrize(
        ("by", "before", "spent", "part"),
        [
            (LEARNER, timedelta(hours=24), 0, "learner"),
            (LEARNER, timedelta(hours=23), 50, "learner"),
            (LEARNER, timedelta(minutes=89), 100, "learner"),
            (TUTOR, timedelta(minutes=1), 0, "tutor"),
        ],
    )
    def test_costs_what_the_policy_says(
        self, by: UUID, before: timedelta, spent: int, part: str
    ) -> None:
        tutoring = tutoring_with()

        tutoring.life.cancel(lesson_id=LESSON, by=by, now=START - before)

        assert outcome(tutoring) == ("canceled", spent, part)
        assert [type(e).__name__ for e in tutoring.lessons.events] == ["LessonCanceled"]

    @pytest.mark.parametrize(
        ("by", "now", "refusal"),
        [(STRANGER, NOW, LessonNotFound), (LEARNER, START, LessonStarted)],
    )
    def test_is_refused(self, by: UUID, now: datetime, refusal: type[DomainError]) -> None:
        tutoring = tutoring_with()

        with pytest.raises(refusal):
            tutoring.life.cancel(lesson_id=LESSON, by=by, now=now)

        assert outcome(tutoring) == ("booked", None, "")

    def test_a_second_time_is_refused(self) -> None:
        tutoring = tutoring_with()
        tutoring.life.cancel(lesson_id=LESSON, by=LEARNER, now=NOW)

        with pytest.raises(LessonNotBooked):
            tutoring.life.cancel(lesson_id=LESSON, by=LEARNER, now=NOW)

        assert len(tutoring.lessons.events) == 1

    def test_is_not_for_people_whom_a_block_separates(self) -> None:
        tutoring = tutoring_with()
        tutoring.lessons.apart = True

        with pytest.raises(LessonNotFound):
            tutoring.life.cancel(lesson_id=LESSON, by=LEARNER, now=NOW)


class TestCancelingUnpaid:
    def test_costs_nothing_and_happens_once(self) -> None:
        tutoring = tutoring_with()

        for _ in range(2):
            tutoring.life.cancel_unpaid(lesson_id=LESSON, now=NOW)

        assert outcome(tutoring) == ("canceled", 0, "system")
        assert len(tutoring.lessons.events) == 1

    def test_does_nothing_for_an_unknown_lesson(self) -> None:
        tutoring = FakeTutoring()

        tutoring.life.cancel_unpaid(lesson_id=LESSON, now=NOW)

        assert tutoring.lessons.events == []


class TestPartingWays:
    @pytest.mark.parametrize(("by", "spent"), [(LEARNER, 50), (TUTOR, 0)])
    def test_counts_as_a_cancellation_by_the_blocker(self, by: UUID, spent: int) -> None:
        tutoring = tutoring_with()

        tutoring.life.part_ways(lesson_id=LESSON, by=by, now=START - timedelta(hours=2))

        assert outcome(tutoring)[:2] == ("canceled", spent)

    def test_leaves_a_started_lesson(self) -> None:
        tutoring = tutoring_with()

        tutoring.life.part_ways(lesson_id=LESSON, by=LEARNER, now=START)

        assert outcome(tutoring)[0] == "booked"


class TestWindingUp:
    @pytest.mark.parametrize(
        ("now", "state", "spent"), [(NOW, "canceled", 0), (END, "completed", 100)]
    )
    def test_cancels_what_is_to_come_and_completes_what_is_over(
        self, now: datetime, state: str, spent: int
    ) -> None:
        tutoring = tutoring_with(**THERE)

        for _ in range(2):
            tutoring.life.wind_up(lesson_id=LESSON, now=now)

        assert outcome(tutoring)[:2] == (state, spent)
        assert len(tutoring.lessons.events) == 1

    def test_lapses_a_pending_lesson(self) -> None:
        tutoring = FakeTutoring()
        tutoring.lessons.add(pending())

        tutoring.life.wind_up(lesson_id=LESSON, now=NOW)

        assert outcome(tutoring)[0] == "lapsed"
