"""Use cases of a booked lesson on fakes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.booking import SlotTaken
from contexts.tutoring.domain.lesson_refusals import (
    LessonNotBooked,
    LessonNotFound,
    LessonNotOver,
    LessonStarted,
    OnlyTheLearner,
    OnlyTheTutor,
    OtherWasThere,
)
from contexts.tutoring.domain.lessons import COMPLETES_BY_ITSELF_AFTER, LessonState
from contexts.tutoring.domain.policies import TooEarlyToReport, TooLateToReschedule
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from tests.fakes.tutoring import (
    LEARNER,
    LESSON,
    NOW,
    START,
    TUTOR,
    FakeTutoring,
    booked,
    pending,
)

STRANGER = UUID(int=8)
HOUR = timedelta(hours=1)
END = START + HOUR


def tutoring_with(**changes: Any) -> FakeTutoring:
    tutoring = FakeTutoring()
    tutoring.lessons.add(booked(**changes))
    return tutoring


def outcome(tutoring: FakeTutoring) -> tuple[str, int | None, str]:
    row = tutoring.lessons.rows[LESSON]
    return row.state.value, row.spent_percent, row.ended_by


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


class TestCompleting:
    def test_spends_the_credit_once(self) -> None:
        tutoring = tutoring_with()

        for _ in range(2):
            tutoring.life.complete(lesson_id=LESSON, by=TUTOR, now=END)

        assert outcome(tutoring) == ("completed", 100, "tutor")
        assert [type(e).__name__ for e in tutoring.lessons.events] == ["LessonCompleted"]

    @pytest.mark.parametrize(
        ("by", "now", "refusal"),
        [(LEARNER, END, OnlyTheTutor), (TUTOR, END - timedelta(seconds=1), LessonNotOver)],
    )
    def test_is_refused(self, by: UUID, now: datetime, refusal: type[DomainError]) -> None:
        tutoring = tutoring_with()

        with pytest.raises(refusal):
            tutoring.life.complete(lesson_id=LESSON, by=by, now=now)

        assert outcome(tutoring) == ("booked", None, "")

    @pytest.mark.parametrize(
        ("after", "state"),
        [
            (COMPLETES_BY_ITSELF_AFTER - timedelta(seconds=1), "booked"),
            (COMPLETES_BY_ITSELF_AFTER, "completed"),
        ],
    )
    def test_happens_by_itself_after_three_days(self, after: timedelta, state: str) -> None:
        tutoring = tutoring_with()

        tutoring.life.complete_by_itself(lesson_id=LESSON, now=END + after)

        assert outcome(tutoring)[0] == state


class TestReportingAbsence:
    @pytest.mark.parametrize(
        ("by", "spent", "absent"), [(TUTOR, 100, "learner"), (LEARNER, 0, "tutor")]
    )
    def test_costs_the_absent_participant(self, by: UUID, spent: int, absent: str) -> None:
        tutoring = tutoring_with()

        tutoring.life.report_absence(lesson_id=LESSON, by=by, now=START + HOUR)

        assert outcome(tutoring)[:2] == ("missed", spent)
        assert tutoring.lessons.rows[LESSON].absent == absent

    def test_is_refused_too_early(self) -> None:
        tutoring = tutoring_with()

        with pytest.raises(TooEarlyToReport):
            tutoring.life.report_absence(lesson_id=LESSON, by=TUTOR, now=START)

    def test_is_refused_if_the_other_entered(self) -> None:
        tutoring = tutoring_with()
        tutoring.life.enter(lesson_id=LESSON, person_id=LEARNER, now=START)

        with pytest.raises(OtherWasThere):
            tutoring.life.report_absence(lesson_id=LESSON, by=TUTOR, now=START + HOUR)

        assert outcome(tutoring)[0] == "booked"


class TestEntering:
    def test_records_the_first_time_only(self) -> None:
        tutoring = tutoring_with()

        for minutes in (0, 5):
            now = START + timedelta(minutes=minutes)
            tutoring.life.enter(lesson_id=LESSON, person_id=LEARNER, now=now)

        assert tutoring.lessons.rows[LESSON].learner_entered_at == START

    @pytest.mark.parametrize(
        ("now", "refusal"),
        [(START - timedelta(minutes=11), RoomNotOpen), (END, RoomClosed)],
    )
    def test_is_refused_while_the_room_is_closed(
        self, now: datetime, refusal: type[DomainError]
    ) -> None:
        tutoring = tutoring_with()

        with pytest.raises(refusal):
            tutoring.life.enter(lesson_id=LESSON, person_id=TUTOR, now=now)

        assert tutoring.lessons.rows[LESSON].tutor_entered_at is None


class TestRescheduling:
    def test_moves_the_lesson_and_its_cells(self) -> None:
        tutoring, later = tutoring_with(), START + timedelta(days=1)

        tutoring.booking.reschedule(lesson_id=LESSON, by=LEARNER, starts_at=later, now=NOW)

        row = tutoring.lessons.rows[LESSON]
        assert (row.starts_at, row.moved, row.state) == (later, 1, LessonState.BOOKED)
        assert [type(e).__name__ for e in tutoring.lessons.events] == ["LessonRescheduled"]

    def test_may_overlap_its_own_old_slot(self) -> None:
        tutoring, later = tutoring_with(), START + timedelta(minutes=30)
        own = tutoring.lessons.cells[LESSON]
        tutoring.diaries.taken = {LEARNER: own, TUTOR: own}

        tutoring.booking.reschedule(lesson_id=LESSON, by=LEARNER, starts_at=later, now=NOW)

        assert tutoring.lessons.rows[LESSON].starts_at == later

    @pytest.mark.parametrize(
        ("by", "now", "refusal"),
        [
            (TUTOR, NOW, OnlyTheLearner),
            (LEARNER, START - timedelta(hours=23), TooLateToReschedule),
            (LEARNER, START, LessonStarted),
        ],
    )
    def test_is_refused(self, by: UUID, now: datetime, refusal: type[DomainError]) -> None:
        tutoring, later = tutoring_with(), START + timedelta(days=1)

        with pytest.raises(refusal):
            tutoring.booking.reschedule(lesson_id=LESSON, by=by, starts_at=later, now=now)

        assert tutoring.lessons.rows[LESSON].starts_at == START

    def test_loses_against_a_parallel_booking_of_the_slot(self) -> None:
        tutoring, later = tutoring_with(), START + timedelta(days=1)
        twin = pending(id=UUID(int=4), starts_at=later, ends_at=later + HOUR)
        tutoring.lessons.add(twin)

        with pytest.raises(SlotTaken):
            tutoring.booking.reschedule(lesson_id=LESSON, by=LEARNER, starts_at=later, now=NOW)

        assert tutoring.lessons.rows[LESSON].starts_at == START


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
        tutoring = tutoring_with()

        for _ in range(2):
            tutoring.life.wind_up(lesson_id=LESSON, now=now)

        assert outcome(tutoring)[:2] == (state, spent)
        assert len(tutoring.lessons.events) == 1

    def test_lapses_a_pending_lesson(self) -> None:
        tutoring = FakeTutoring()
        tutoring.lessons.add(pending())

        tutoring.life.wind_up(lesson_id=LESSON, now=NOW)

        assert outcome(tutoring)[0] == "lapsed"
