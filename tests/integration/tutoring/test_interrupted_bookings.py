"""What a crash leaves of a booking, and what a sweep makes of that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.billing import api as billing
from contexts.shared.kernel import new_id, now
from contexts.tutoring import api
from contexts.tutoring.adapters.credits import BillingCredits
from contexts.tutoring.models import Lesson, LessonCell
from tests.factories.billing import credits_of
from tests.factories.tutoring import approved_tutor, learner_with, on_the_hour
from tests.integration.tutoring.lessons import all_published

pytestmark = pytest.mark.django_db


class Crashed(Exception):
    pass


def _crashing(step: str) -> Any:
    """The saga, dead right after a step has been committed."""
    saga = api._saga

    def after(act: Callable[..., Any]) -> Callable[..., Any]:
        def done(**given: Any) -> Any:
            act(**given)
            raise Crashed

        return done

    if step == "hold":

        class Dying(BillingCredits):
            hold = staticmethod(after(BillingCredits().hold))

        return replace(saga, credits=Dying())
    return replace(saga, **{step: after(getattr(saga, step))})


def _begin(saga: Any, learner_id: UUID, tutor_id: UUID) -> UUID:
    lesson_id = new_id()
    with pytest.raises(Crashed):
        saga.book(
            lesson_id=lesson_id,
            learner_id=learner_id,
            tutor_id=tutor_id,
            starts_at=on_the_hour(),
            language="en-GB",
            now=now(),
        )
    return lesson_id


class TestACrash:
    LATER = timedelta(minutes=6)

    def test_after_the_slot_is_taken_gives_it_free_again(self) -> None:
        learner_id, tutor_id = learner_with(1), approved_tutor()
        lesson_id = _begin(_crashing("begin"), learner_id, tutor_id)
        before = Lesson.objects.get(pk=lesson_id).state

        api.sweep(now=now() + self.LATER)

        lesson = Lesson.objects.get(pk=lesson_id)
        assert (before, lesson.state, lesson.lapsed_because) == ("pending", "lapsed", "abandoned")
        assert not LessonCell.objects.exists()
        assert credits_of(learner_id) == (100, 0)
        assert all_published() == ["lesson_lapsed"]

    def test_after_the_credit_is_held_ends_in_a_lesson(self) -> None:
        learner_id, tutor_id = learner_with(1), approved_tutor()
        lesson_id = _begin(_crashing("hold"), learner_id, tutor_id)
        before = Lesson.objects.get(pk=lesson_id).state

        api.sweep(now=now() + self.LATER)

        assert (before, Lesson.objects.get(pk=lesson_id).state) == ("pending", "booked")
        assert credits_of(learner_id) == (0, 100)
        assert all_published() == ["lesson_booked"]

    def test_after_the_lesson_is_booked_leaves_it_so(self) -> None:
        learner_id, tutor_id = learner_with(1), approved_tutor()
        lesson_id = _begin(_crashing("confirm"), learner_id, tutor_id)

        looked_at = api.sweep(now=now() + self.LATER)

        assert looked_at == 0
        assert Lesson.objects.get(pk=lesson_id).state == "booked"
        assert credits_of(learner_id) == (0, 100)
        assert all_published() == ["lesson_booked"]

    def test_while_it_lapses_ends_lapsed(self) -> None:
        lesson_id = _begin(_crashing("lapse"), learner_with(0), approved_tutor())

        api.sweep(now=now() + self.LATER)

        assert Lesson.objects.get(pk=lesson_id).state == "lapsed"
        assert all_published() == ["lesson_lapsed"]

    def test_that_is_swept_too_late_gives_slot_and_credit_free(self) -> None:
        learner_id = learner_with(1)
        lesson_id = _begin(_crashing("hold"), learner_id, approved_tutor())
        much_later = now() + timedelta(hours=2)
        billing.expire_credits(now=much_later)

        api.sweep(now=much_later)

        assert Lesson.objects.get(pk=lesson_id).state == "lapsed"
        assert credits_of(learner_id) == (100, 0)

    def test_is_not_taken_for_one_that_has_just_begun(self) -> None:
        lesson_id = _begin(_crashing("begin"), learner_with(1), approved_tutor())

        assert api.sweep(now=now() + timedelta(minutes=4)) == 0
        assert Lesson.objects.get(pk=lesson_id).state == "pending"

    def test_swept_twice_is_swept_once(self) -> None:
        _begin(_crashing("hold"), learner_with(1), approved_tutor())

        assert [api.sweep(now=now() + self.LATER) for _ in range(2)] == [1, 0]
        assert all_published() == ["lesson_booked"]

    def test_of_one_booking_does_not_keep_the_others_waiting(self) -> None:
        tutor_id = approved_tutor()
        stuck = _begin(_crashing("begin"), learner_with(1), tutor_id)
        other = _begin(_crashing("hold"), learner_with(1), approved_tutor())
        Lesson.objects.filter(pk=stuck).update(policy="gone.v0", learner_id=None)

        api.sweep(now=now() + self.LATER)

        assert Lesson.objects.get(pk=other).state == "booked"

    def test_does_not_confirm_what_the_sweep_has_let_lapse(self) -> None:
        lesson_id = _begin(_crashing("begin"), learner_with(1), approved_tutor())
        api.sweep(now=now() + self.LATER)

        with pytest.raises(api.BookingLapsed):
            api._saga.confirm(lesson_id=lesson_id, now=now())

        assert Lesson.objects.get().state == "lapsed"

    def test_of_which_billing_has_heard_says_that_it_came_to_nothing(
        self, deliver: Callable[[], int]
    ) -> None:
        """Not dead after all, only slow: the sweep was there before the credit was held."""
        learner_id, tutor_id = learner_with(1), approved_tutor()

        class Stalled(BillingCredits):
            def hold(self, **given: Any) -> None:
                api.sweep(now=now() + TestACrash.LATER)
                deliver()
                super().hold(**given)

        with pytest.raises(api.BookingLapsed):
            replace(api._saga, credits=Stalled()).book(
                lesson_id=new_id(),
                learner_id=learner_id,
                tutor_id=tutor_id,
                starts_at=on_the_hour(),
                language="en-GB",
                now=now(),
            )

        assert Lesson.objects.get().state == "lapsed"
        assert credits_of(learner_id) == (100, 0)
