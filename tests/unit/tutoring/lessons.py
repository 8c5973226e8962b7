"""A lesson on fakes, and how it came out."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.fakes.tutoring import LESSON, START, FakeTutoring, booked

STRANGER = UUID(int=8)
HOUR = timedelta(hours=1)
END = START + HOUR
THERE = {"learner_entered_at": START, "tutor_entered_at": START}
WAITED = START + timedelta(minutes=10)


def tutoring_with(**changes: Any) -> FakeTutoring:
    tutoring = FakeTutoring()
    tutoring.lessons.add(booked(**changes))
    return tutoring


def outcome(tutoring: FakeTutoring) -> tuple[str, int | None, str]:
    row = tutoring.lessons.rows[LESSON]
    return row.state.value, row.spent_percent, row.ended_by
