"""Use cases of a booked lesson on fakes."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.availability import Availability, Offer
from contexts.tutoring.domain.booking import SlotTaken
from contexts.tutoring.domain.lesson_refusals import (
    LearnerMayReport,
    LessonNotBooked,
    LessonNotFound,
    LessonNotOver,
    LessonStarted,
    NothingToAnswer,
    NothingToDecide,
    NotThereYourself,
    OnlyTheLearner,
    OnlyTheTutor,
    OtherWasThere,
)
from contexts.tutoring.domain.lessons import COMPLETES_BY_ITSELF_AFTER, LessonState
from contexts.tutoring.domain.policies import (
    TooEarlyToReport,
    TooLateToReport,
    TooLateToReschedule,
)
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from tests.fakes.tutoring import (
    ALL_DAY,
    LEARNER,
    LESSON,
    NOW,
    START,
    TUTOR,
    FakeTutoring,
    booked,
    offering,
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


THERE = {"learner_entered_at": START, "tutor_entered_at": START}
WAITED = START + timedelta(minutes=10)


class TestCompleting:
    def test_spends_the_credit_once(self) -> None:
        tutoring = tutoring_with(**THERE)

        for _ in range(2):
            tutoring.life.complete(lesson_id=LESSON, by=TUTOR, now=END)

        assert outcome(tutoring) == ("completed", 100, "tutor")
        assert [type(e).__name__ for e in tutoring.lessons.events] == ["LessonCompleted"]

    @pytest.mark.parametrize(
        ("by", "now", "entries", "refusal"),
        [
            (LEARNER, END, THERE, OnlyTheTutor),
            (TUTOR, END - timedelta(seconds=1), THERE, LessonNotOver),
            (TUTOR, END, {"learner_entered_at": START}, NotThereYourself),
            (TUTOR, END, {}, NotThereYourself),
            (TUTOR, END, {"tutor_entered_at": END - timedelta(minutes=1)}, NotThereYourself),
            (
                TUTOR,
                END,
                {**THERE, "tutor_entered_at": WAITED + timedelta(seconds=1)},
                LearnerMayReport,
            ),
        ],
    )
    def test_is_refused(
        self, by: UUID, now: datetime, entries: dict[str, Any], refusal: type[DomainError]
    ) -> None:
        tutoring = tutoring_with(**entries)

        with pytest.raises(refusal):
            tutoring.life.complete(lesson_id=LESSON, by=by, now=now)

        assert outcome(tutoring) == ("booked", None, "")


class TestConcluding:
    @pytest.mark.parametrize(
        ("after", "state"),
        [
            (COMPLETES_BY_ITSELF_AFTER - timedelta(seconds=1), "booked"),
            (COMPLETES_BY_ITSELF_AFTER, "completed"),
        ],
    )
    def test_happens_by_itself_after_three_days(self, after: timedelta, state: str) -> None:
        tutoring = tutoring_with(**THERE)

        tutoring.life.conclude(lesson_id=LESSON, now=END + after)

        assert outcome(tutoring)[0] == state

    @pytest.mark.parametrize(
        ("entries", "state", "absent", "spent"),
        [
            ({}, "missed", "both", 0),
            ({"learner_entered_at": START}, "missed", "tutor", 0),
            ({"tutor_entered_at": START}, "missed", "learner", 100),
            ({"tutor_entered_at": END - timedelta(seconds=1)}, "missed", "both", 0),
            ({**THERE, "tutor_entered_at": START + HOUR / 2}, "completed", "", 100),
        ],
    )
    def test_goes_by_the_entries(
        self, entries: dict[str, Any], state: str, absent: str, spent: int
    ) -> None:
        tutoring = tutoring_with(**entries)

        tutoring.life.conclude(lesson_id=LESSON, now=END + COMPLETES_BY_ITSELF_AFTER)

        row = tutoring.lessons.rows[LESSON]
        assert (row.state, row.absent, row.spent_percent) == (state, absent, spent)

    def test_gives_a_late_tutor_nothing_who_blocked_the_learner(self) -> None:
        tutoring = tutoring_with(**{**THERE, "tutor_entered_at": START + HOUR / 2})
        tutoring.lessons.apart = True

        tutoring.life.conclude(lesson_id=LESSON, now=END + COMPLETES_BY_ITSELF_AFTER)

        assert outcome(tutoring) == ("missed", 0, "system")


class TestReportingAbsence:
    @pytest.mark.parametrize(
        ("by", "part", "spent", "absent"),
        [(TUTOR, "tutor", 100, "learner"), (LEARNER, "learner", 0, "tutor")],
    )
    def test_costs_the_absent_one_who_does_not_answer(
        self, by: UUID, part: str, spent: int, absent: str
    ) -> None:
        tutoring = tutoring_with(**{f"{part}_entered_at": START})

        tutoring.life.report_absence(lesson_id=LESSON, by=by, now=WAITED)

        row = tutoring.lessons.rows[LESSON]
        assert (row.state, row.absent, row.spent_percent) == ("reported", absent, None)
        tutoring.life.conclude(lesson_id=LESSON, now=WAITED + timedelta(hours=47))
        assert outcome(tutoring) == ("reported", None, "")
        tutoring.life.conclude(lesson_id=LESSON, now=WAITED + timedelta(hours=48))
        assert outcome(tutoring) == ("missed", spent, part)
        told = [type(e).__name__ for e in tutoring.lessons.events]
        assert told == ["AbsenceReported", "LessonMissed"]

    @pytest.mark.parametrize(
        ("entries", "now", "refusal"),
        [
            ({"tutor_entered_at": START}, WAITED - timedelta(seconds=1), TooEarlyToReport),
            ({"tutor_entered_at": START + HOUR / 2}, START + HOUR / 2, TooEarlyToReport),
            ({"tutor_entered_at": START}, END + timedelta(hours=72), TooLateToReport),
            ({}, WAITED, NotThereYourself),
            ({"tutor_entered_at": END - timedelta(minutes=9)}, END, NotThereYourself),
            ({"learner_entered_at": START}, WAITED, NotThereYourself),
            (THERE, WAITED, OtherWasThere),
            ({**THERE, "learner_entered_at": WAITED}, END, OtherWasThere),
        ],
    )
    def test_is_refused(
        self, entries: dict[str, Any], now: datetime, refusal: type[DomainError]
    ) -> None:
        tutoring = tutoring_with(**entries)

        with pytest.raises(refusal):
            tutoring.life.report_absence(lesson_id=LESSON, by=TUTOR, now=now)

        assert outcome(tutoring) == ("booked", None, "")
        assert tutoring.lessons.events == []


def reported() -> FakeTutoring:
    """Return a lesson whose tutor waited in vain and reported it."""
    tutoring = tutoring_with(tutor_entered_at=START)
    tutoring.life.report_absence(lesson_id=LESSON, by=TUTOR, now=WAITED)
    return tutoring


class TestAnswering:
    def test_agreeing_ends_it_at_once(self) -> None:
        tutoring = reported()

        tutoring.life.answer_absence(lesson_id=LESSON, by=LEARNER, agree=True, now=END)

        assert outcome(tutoring) == ("missed", 100, "tutor")

    def test_disputing_lets_staff_decide(self) -> None:
        tutoring = reported()

        tutoring.life.answer_absence(lesson_id=LESSON, by=LEARNER, agree=False, now=END)

        assert outcome(tutoring) == ("disputed", None, "")
        assert type(tutoring.lessons.events[-1]).__name__ == "AbsenceDisputed"
        tutoring.life.conclude(lesson_id=LESSON, now=END + timedelta(days=13))
        assert outcome(tutoring)[0] == "disputed"
        tutoring.life.conclude(lesson_id=LESSON, now=END + timedelta(days=14))
        assert outcome(tutoring) == ("missed", 100, "tutor")

    @pytest.mark.parametrize(
        ("by", "now"), [(TUTOR, WAITED), (LEARNER, WAITED + timedelta(hours=48))]
    )
    def test_is_refused(self, by: UUID, now: datetime) -> None:
        tutoring = reported()

        with pytest.raises(NothingToAnswer):
            tutoring.life.answer_absence(lesson_id=LESSON, by=by, agree=True, now=now)

        assert outcome(tutoring) == ("reported", None, "")

    @pytest.mark.parametrize(
        ("absent", "state", "spent"),
        [("learner", "missed", 100), ("both", "missed", 0), ("", "completed", 100)],
    )
    def test_leaves_the_decision_to_staff(self, absent: str, state: str, spent: int) -> None:
        tutoring = reported()

        tutoring.life.decide_absence(lesson_id=LESSON, absent=absent, now=END)

        assert outcome(tutoring) == (state, spent, "system")
        with pytest.raises(NothingToDecide):
            tutoring.life.decide_absence(lesson_id=LESSON, absent=absent, now=END)


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

    def test_keeps_the_length_and_the_price_agreed_at_booking(self) -> None:
        tutoring = tutoring_with(ends_at=START + timedelta(minutes=15), cost=25)
        four_hours = Offer(lesson_minutes=240, grid_minutes=15)
        changed = Availability(zone="UTC", rules=ALL_DAY, offer=four_hours)
        tutoring.offers.rows[TUTOR] = offering(availability=changed)
        later = START + timedelta(days=1)

        tutoring.booking.reschedule(lesson_id=LESSON, by=LEARNER, starts_at=later, now=NOW)

        row = tutoring.lessons.rows[LESSON]
        assert (row.starts_at, row.ends_at) == (later, later + timedelta(minutes=15))
        assert (row.cost, four_hours.cost) == (25, 400)

    def test_to_the_same_instant_changes_and_counts_nothing(self) -> None:
        tutoring, later = tutoring_with(), START + timedelta(days=1)

        for _ in range(5):
            tutoring.booking.reschedule(lesson_id=LESSON, by=LEARNER, starts_at=START, now=NOW)

        row = tutoring.lessons.rows[LESSON]
        assert (row.moved, row.sequence, tutoring.lessons.events) == (0, 0, [])
        tutoring.booking.reschedule(lesson_id=LESSON, by=LEARNER, starts_at=later, now=NOW)
        assert tutoring.lessons.rows[LESSON].moved == 1

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
