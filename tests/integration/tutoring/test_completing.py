"""A lesson took place, or one of the two did not come."""

from datetime import timedelta

import pytest

from contexts.tutoring import api
from contexts.tutoring.models import LessonCell
from tests.factories.billing import credits_of
from tests.factories.tutoring import booked, held
from tests.integration.tutoring.lessons import HOUR, SECOND, published, side, state

pytestmark = pytest.mark.django_db


class TestCompleting:
    def test_is_the_tutors_to_say_after_the_end(self) -> None:
        lesson = held(booked())

        api.complete_lesson(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=lesson.ends_at)

        assert state(lesson) == ("completed", "tutor", 100)
        assert len(published("lesson_completed")) == 1
        assert not LessonCell.objects.exists()

    def test_before_the_end_is_refused(self) -> None:
        lesson = held(booked())

        with pytest.raises(api.LessonNotOver):
            api.complete_lesson(
                lesson_id=lesson.pk, by=side(lesson, "tutor"), now=lesson.ends_at - SECOND
            )

        assert state(lesson) == ("booked", "", None)

    def test_by_the_learner_is_refused(self) -> None:
        lesson = held(booked())

        with pytest.raises(api.OnlyTheTutor):
            api.complete_lesson(lesson_id=lesson.pk, by=side(lesson, "learner"), now=lesson.ends_at)

        assert state(lesson) == ("booked", "", None)

    def test_twice_is_once(self) -> None:
        lesson = held(booked())

        for _ in range(2):
            api.complete_lesson(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=lesson.ends_at)

        assert len(published("lesson_completed")) == 1

    def test_happens_by_itself_after_three_days(self) -> None:
        lesson = held(booked())
        last = lesson.ends_at + 72 * HOUR

        early = api.sweep(now=last - SECOND)
        on_time = api.sweep(now=last)

        assert (early, on_time) == (0, 1)
        assert state(lesson) == ("completed", "system", 100)


class TestNotComing:
    @pytest.mark.parametrize(
        ("by", "absent", "spent"), [("tutor", "learner", 100), ("learner", "tutor", 0)]
    )
    def test_is_said_by_who_waited_and_stands_without_an_answer(
        self, by: str, absent: str, spent: int
    ) -> None:
        lesson = held(booked(), by)
        at = lesson.starts_at + timedelta(minutes=10)

        api.report_absence(lesson_id=lesson.pk, by=side(lesson, by), now=at)

        assert state(lesson) == ("reported", "", None)
        (said,) = published("absence_reported")
        assert (said["absent"], published("lesson_missed")) == (absent, [])
        assert credits_of(side(lesson, "learner")) == (0, 100)
        assert [api.sweep(now=at + 48 * HOUR - SECOND), api.sweep(now=at + 48 * HOUR)] == [0, 1]
        assert state(lesson) == ("missed", by, spent)
        (told,) = published("lesson_missed")
        assert (told["absent"], told["spent_percent"]) == (absent, spent)

    @pytest.mark.parametrize(("agree", "after"), [(True, "missed"), (False, "disputed")])
    def test_can_be_agreed_to_or_disputed(self, agree: bool, after: str) -> None:
        lesson = held(booked(), "tutor")
        at = lesson.ends_at
        api.report_absence(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=at)

        api.answer_absence(lesson_id=lesson.pk, by=side(lesson, "learner"), agree=agree, now=at)

        assert state(lesson)[0] == after
        assert len(published("absence_disputed")) == (not agree)

    @pytest.mark.parametrize(("by", "other"), [("tutor", "learner"), ("learner", "tutor")])
    def test_is_not_said_of_who_has_asked_for_the_room(self, by: str, other: str) -> None:
        lesson = held(booked())
        at = lesson.starts_at + timedelta(minutes=11)

        with pytest.raises(api.OtherWasThere):
            api.report_absence(lesson_id=lesson.pk, by=side(lesson, by), now=at)

        assert state(lesson) == ("booked", "", None)
        assert published("absence_reported") == []
        assert credits_of(side(lesson, "learner")) == (0, 100)

    @pytest.mark.parametrize("by", ["tutor", "learner"])
    def test_is_not_said_by_who_was_not_there(self, by: str) -> None:
        lesson = booked()

        with pytest.raises(api.NotThereYourself):
            api.report_absence(lesson_id=lesson.pk, by=side(lesson, by), now=lesson.ends_at)

        assert state(lesson) == ("booked", "", None)
        assert published("absence_reported") == []

    def test_of_both_gives_the_credit_back(self) -> None:
        lesson = booked()

        api.sweep(now=lesson.ends_at + 72 * HOUR)

        assert state(lesson) == ("missed", "system", 0)
        (told,) = published("lesson_missed")
        assert told["absent"] == "both"

    def test_before_the_wait_is_over_is_refused(self) -> None:
        lesson = held(booked(), "tutor")
        at = lesson.starts_at + timedelta(minutes=10) - SECOND

        with pytest.raises(api.TooEarlyToReport):
            api.report_absence(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=at)

        assert state(lesson) == ("booked", "", None)

    def test_after_the_other_has_said_so_is_refused(self) -> None:
        lesson = held(booked(), "tutor")
        at = lesson.ends_at
        api.report_absence(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=at)

        with pytest.raises(api.LessonNotBooked):
            api.report_absence(lesson_id=lesson.pk, by=side(lesson, "learner"), now=at)

        assert state(lesson) == ("reported", "", None)
