"""Calling a lesson off, and what that costs."""

from datetime import timedelta

import pytest

from contexts.shared.kernel import new_id
from contexts.tutoring import api
from contexts.tutoring.models import LessonCell
from tests.factories.tutoring import approved_tutor, booked, held, learner_with, open_all_day
from tests.integration.tutoring.lessons import HOUR, SECOND, published, side, state

pytestmark = pytest.mark.django_db


class TestCanceling:
    @pytest.mark.parametrize(
        ("policy", "notice", "spent"),
        [
            ("standard-24h.v1", 24 * HOUR, 0),
            ("standard-24h.v1", 24 * HOUR - SECOND, 100),
            ("flexible-12h.v1", 12 * HOUR, 0),
            ("flexible-12h.v1", 12 * HOUR - SECOND, 100),
            ("graded.v1", 24 * HOUR, 0),
            ("graded.v1", 24 * HOUR - SECOND, 50),
            ("graded.v1", 1.5 * HOUR, 50),
            ("graded.v1", 1.5 * HOUR - SECOND, 100),
        ],
    )
    def test_spends_what_was_agreed_at_booking(
        self, policy: str, notice: timedelta, spent: int
    ) -> None:
        lesson = booked(policy=policy)

        api.cancel_lesson(
            lesson_id=lesson.pk, by=side(lesson, "learner"), now=lesson.starts_at - notice
        )

        assert state(lesson) == ("canceled", "learner", spent)
        assert not LessonCell.objects.exists()
        (told,) = published("lesson_canceled")
        assert (told["by"], told["spent_percent"]) == ("learner", spent)

    def test_keeps_to_what_was_agreed_when_the_tutor_changes_their_mind(self) -> None:
        lesson = booked(policy="graded.v1")
        open_all_day(side(lesson, "tutor"), policy="standard-24h.v1")

        at = lesson.starts_at - 2 * HOUR
        api.cancel_lesson(lesson_id=lesson.pk, by=side(lesson, "learner"), now=at)

        assert state(lesson) == ("canceled", "learner", 50)

    def test_by_the_tutor_costs_the_learner_nothing(self) -> None:
        lesson = booked()

        api.cancel_lesson(
            lesson_id=lesson.pk, by=side(lesson, "tutor"), now=lesson.starts_at - SECOND
        )

        assert state(lesson) == ("canceled", "tutor", 0)

    @pytest.mark.parametrize("part", ["learner", "tutor"])
    def test_is_refused_from_the_start_on(self, part: str) -> None:
        lesson = booked()

        with pytest.raises(api.LessonStarted):
            api.cancel_lesson(lesson_id=lesson.pk, by=side(lesson, part), now=lesson.starts_at)

        assert state(lesson) == ("booked", "", None)
        assert published("lesson_canceled") == []

    def test_twice_is_refused(self) -> None:
        lesson = booked()
        at = lesson.starts_at - 48 * HOUR
        api.cancel_lesson(lesson_id=lesson.pk, by=side(lesson, "learner"), now=at)

        with pytest.raises(api.LessonNotBooked):
            api.cancel_lesson(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=at)

        assert state(lesson) == ("canceled", "learner", 0)
        assert len(published("lesson_canceled")) == 1

    def test_of_others_is_not_found(self) -> None:
        lesson = booked()

        for stranger in (new_id(), learner_with(1), approved_tutor()):
            with pytest.raises(api.LessonNotFound):
                api.cancel_lesson(
                    lesson_id=lesson.pk, by=stranger, now=lesson.starts_at - 48 * HOUR
                )

        assert state(lesson) == ("booked", "", None)


class TestALostHold:
    def test_cancels_the_lesson_for_nothing(self) -> None:
        lesson = booked()

        api.cancel_unpaid(lesson_id=lesson.pk, now=lesson.starts_at - HOUR)

        assert state(lesson) == ("canceled", "system", 0)

    def test_changes_nothing_that_has_ended(self) -> None:
        lesson = held(booked())
        api.complete_lesson(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=lesson.ends_at)

        api.cancel_unpaid(lesson_id=lesson.pk, now=lesson.ends_at)
        api.cancel_unpaid(lesson_id=new_id(), now=lesson.ends_at)

        assert state(lesson) == ("completed", "tutor", 100)
