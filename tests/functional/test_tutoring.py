"""A lesson and its credit in two contexts, with events delivered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.billing import api as billing
from contexts.billing.events import HoldLost
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import now
from contexts.shared.messaging.publishing import publish
from contexts.tutoring import api, queries
from tests.factories.billing import credits_of
from tests.factories.tutoring import (
    approved_tutor,
    booked,
    held,
    learner_with,
    on_the_hour,
    open_all_day,
)

pytestmark = pytest.mark.django_db

Deliver = Callable[[], int]
HOUR = timedelta(hours=1)


def _ids(lesson: Any) -> tuple[UUID, UUID]:
    assert lesson.learner_id is not None
    assert lesson.tutor_id is not None
    return lesson.learner_id, lesson.tutor_id


class TestACredit:
    def test_of_a_booked_lesson_is_held_for_good(self, deliver: Deliver) -> None:
        lesson = booked()
        deliver()

        billing.expire_credits(now=now() + timedelta(days=1))

        assert credits_of(_ids(lesson)[0]) == (0, 100)
        assert billing.is_held(hold_id=lesson.pk)

    @pytest.mark.parametrize(
        ("policy", "notice", "left"),
        [
            ("graded.v1", 24 * HOUR, 100),
            ("graded.v1", 2 * HOUR, 50),
            ("graded.v1", HOUR, 0),
            ("standard-24h.v1", 2 * HOUR, 0),
        ],
    )
    def test_goes_back_as_the_policy_says(
        self, policy: str, notice: timedelta, left: int, deliver: Deliver
    ) -> None:
        lesson = booked(policy=policy)
        learner_id, _ = _ids(lesson)
        deliver()

        api.cancel_lesson(lesson_id=lesson.pk, by=learner_id, now=lesson.starts_at - notice)
        deliver()

        assert credits_of(learner_id) == (left, 0)
        assert list(billing.check_ledger()) == []

    @pytest.mark.parametrize(("minutes", "cost"), [(15, 25), (45, 75), (90, 150), (240, 400)])
    def test_is_held_for_the_length_of_the_lesson(
        self, minutes: int, cost: int, deliver: Deliver
    ) -> None:
        tutor_id = approved_tutor(lesson_minutes=minutes)
        lesson = booked(tutor_id=tutor_id, learner_id=learner_with(4), starts_at=on_the_hour())
        deliver()

        assert credits_of(_ids(lesson)[0]) == (400 - cost, cost)
        open_all_day(tutor_id, lesson_minutes=240 if minutes < 240 else 15)
        later = lesson.starts_at + timedelta(days=1)
        api.reschedule_lesson(lesson_id=lesson.pk, by=_ids(lesson)[0], starts_at=later, now=now())
        row = queries.lesson(lesson.pk, seen_by=_ids(lesson)[0])
        assert (row.ends_at - row.starts_at, row.cost) == (timedelta(minutes=minutes), cost)

    def test_of_a_completed_lesson_is_spent(self, deliver: Deliver) -> None:
        lesson = held(booked())
        learner_id, tutor_id = _ids(lesson)
        deliver()

        api.complete_lesson(lesson_id=lesson.pk, by=tutor_id, now=lesson.ends_at)
        deliver()

        assert credits_of(learner_id) == (0, 0)
        assert list(billing.check_ledger()) == []

    @pytest.mark.parametrize(("by", "left"), [(0, 100), (1, 0)])
    def test_of_a_missed_lesson_goes_by_who_was_absent(
        self, by: int, left: int, deliver: Deliver
    ) -> None:
        lesson = held(booked(), ("learner", "tutor")[by])
        deliver()

        api.report_absence(lesson_id=lesson.pk, by=_ids(lesson)[by], now=lesson.ends_at)
        deliver()

        assert credits_of(_ids(lesson)[0]) == (0, 100)
        api.sweep(now=lesson.ends_at + 48 * HOUR)
        deliver()
        assert credits_of(_ids(lesson)[0]) == (left, 0)
        assert list(billing.check_ledger()) == []

    def test_that_is_lost_cancels_its_lesson(self, deliver: Deliver) -> None:
        lesson = booked()
        learner_id, _ = _ids(lesson)
        lost: Any = HoldLost(occurred_at=now(), hold_id=lesson.pk, customer_id=learner_id)

        for _ in range(2):
            for_context("billing")(lambda: publish([lost]))()
            deliver()

        row = queries.lesson(lesson.pk, seen_by=learner_id)
        assert (row.state, row.ended_by, row.spent_percent) == ("canceled", "system", 0)
        assert credits_of(learner_id) == (100, 0)
