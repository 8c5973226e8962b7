"""Moving a booked lesson."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from contexts.shared.kernel import DomainError
from contexts.tutoring.domain.availability import Availability, Offer
from contexts.tutoring.domain.booking import SlotTaken
from contexts.tutoring.domain.lesson_refusals import LessonStarted, OnlyTheLearner
from contexts.tutoring.domain.lessons import LessonState
from contexts.tutoring.domain.policies import TooLateToReschedule
from tests.fakes.tutoring import ALL_DAY, LEARNER, LESSON, NOW, START, TUTOR, offering, pending
from tests.unit.tutoring.lessons import HOUR, tutoring_with


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
