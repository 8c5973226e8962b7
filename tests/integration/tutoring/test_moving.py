"""Moving a lesson to another slot."""

from datetime import datetime

import pytest

from contexts.tutoring import api
from contexts.tutoring.models import Lesson, LessonCell
from tests.factories.billing import credits_of
from tests.factories.tutoring import booked, on_the_hour
from tests.integration.tutoring.lessons import HOUR, published, side, state

pytestmark = pytest.mark.django_db


class TestMoving:
    def _move(self, lesson: Lesson, to: datetime, *, now: datetime, part: str = "learner") -> None:
        api.reschedule_lesson(lesson_id=lesson.pk, by=side(lesson, part), starts_at=to, now=now)

    def test_takes_another_slot_and_gives_the_old_one_free(self) -> None:
        lesson, to = booked(), on_the_hour(days=5)

        self._move(lesson, to, now=lesson.starts_at - 30 * HOUR)

        moved = Lesson.objects.get(pk=lesson.pk)
        assert (moved.starts_at, moved.ends_at) == (to, to + HOUR)
        assert (moved.state, moved.moved, moved.sequence) == ("booked", 1, 1)
        assert [one["what"] for one in moved.history] == ["booked", "rescheduled"]
        booked(tutor_id=lesson.tutor_id, starts_at=lesson.starts_at)
        assert len(published("lesson_rescheduled")) == 1
        assert credits_of(side(lesson, "learner")) == (0, 100)

    def test_may_overlap_its_own_old_time(self) -> None:
        lesson = booked()

        self._move(lesson, lesson.starts_at + HOUR / 2, now=lesson.starts_at - 30 * HOUR)

        assert LessonCell.objects.count() == 8

    def test_to_a_taken_slot_is_refused(self) -> None:
        lesson = booked()
        other = booked(tutor_id=lesson.tutor_id, starts_at=on_the_hour(days=5))

        with pytest.raises(api.SlotTaken):
            self._move(lesson, other.starts_at, now=lesson.starts_at - 30 * HOUR)

        assert Lesson.objects.get(pk=lesson.pk).starts_at == lesson.starts_at
        assert LessonCell.objects.count() == 16
        assert published("lesson_rescheduled") == []

    def test_too_late_is_refused(self) -> None:
        lesson = booked()

        with pytest.raises(api.TooLateToReschedule):
            self._move(lesson, on_the_hour(days=5), now=lesson.starts_at - 23 * HOUR)

        assert Lesson.objects.get(pk=lesson.pk).moved == 0

    def test_too_often_is_refused(self) -> None:
        lesson = booked()
        now = lesson.starts_at - 30 * HOUR
        for hours in (1, 2, 3):
            self._move(lesson, lesson.starts_at + hours * HOUR, now=now)

        with pytest.raises(api.TooManyReschedules):
            self._move(lesson, lesson.starts_at + 4 * HOUR, now=now)

        assert Lesson.objects.get(pk=lesson.pk).moved == 3

    def test_late_binds_where_that_was_agreed(self) -> None:
        lesson = booked(policy="flexible-12h.v1")
        now = lesson.starts_at - 2 * HOUR
        self._move(lesson, lesson.starts_at + 72 * HOUR, now=now)

        with pytest.raises(api.LessonBinding):
            api.cancel_lesson(lesson_id=lesson.pk, by=side(lesson, "learner"), now=now)

        assert Lesson.objects.get(pk=lesson.pk).bound
        assert state(lesson) == ("booked", "", None)

    def test_is_the_learners_to_ask(self) -> None:
        lesson = booked()

        with pytest.raises(api.OnlyTheLearner):
            self._move(lesson, on_the_hour(days=5), now=lesson.starts_at - 30 * HOUR, part="tutor")

        assert Lesson.objects.get(pk=lesson.pk).moved == 0
