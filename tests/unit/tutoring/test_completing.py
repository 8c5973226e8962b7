"""Entering a lesson, and completing it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.lesson_refusals import (
    LearnerMayReport,
    LessonNotOver,
    NotThereYourself,
    OnlyTheTutor,
)
from contexts.tutoring.domain.lessons import COMPLETES_BY_ITSELF_AFTER
from contexts.tutoring.domain.rooms import RoomClosed, RoomNotOpen
from tests.fakes.tutoring import LEARNER, LESSON, START, TUTOR
from tests.unit.tutoring.lessons import END, HOUR, THERE, WAITED, outcome, tutoring_with


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
