"""Absences: reported, answered, decided."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.lesson_refusals import (
    NothingToAnswer,
    NothingToDecide,
    NotThereYourself,
    OtherWasThere,
)
from contexts.tutoring.domain.policies import TooEarlyToReport, TooLateToReport
from tests.fakes.tutoring import LEARNER, LESSON, START, TUTOR, FakeTutoring
from tests.unit.tutoring.lessons import END, HOUR, THERE, WAITED, outcome, tutoring_with


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
