"""Who is kept apart, who leaves, and who is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from contexts.identity import api as identity
from contexts.identity.events import ErasureDue, PersonBlocked
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from contexts.shared.messaging.publishing import publish
from contexts.tutoring import api
from contexts.tutoring.models import CalendarFeed, Lesson, Person, Tutor, TutorLanguage
from tests.factories.billing import credits_of
from tests.factories.identity import UserFactory
from tests.factories.tutoring import approved_tutor, booked, held, learner_with, on_the_hour

User = get_user_model()

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
Deliver = Callable[[], int]


def _pair(**changes: Any) -> tuple[User, User, Lesson]:
    learner, tutor = UserFactory(), UserFactory()
    approved_tutor(tutor.pk, **changes)
    learner_with(2, learner.pk)
    return learner, tutor, booked(learner_id=learner.pk, tutor_id=tutor.pk)


class TestABlock:
    @pytest.mark.parametrize("who", ["learner", "tutor"])
    def test_hides_the_two_from_each_other(
        self, who: str, client_for: ClientFor, deliver: Deliver
    ) -> None:
        learner, tutor, lesson = _pair()
        one, other = (learner, tutor) if who == "learner" else (tutor, learner)

        identity.block(blocker_id=one.pk, blocked_id=other.pk, now=now())
        deliver()

        row = Lesson.objects.get(pk=lesson.pk)
        assert (row.state, row.ended_by, row.spent_percent) == ("canceled", who, 0)
        assert credits_of(learner.pk) == (200, 0)
        for user in (learner, tutor):
            # Who was approved has a new role by now.
            user.refresh_from_db()
            client = client_for(user)
            assert client.get("/api/v1/tutoring/lessons").json()["results"] == []
            assert client.get(f"/api/v1/tutoring/lessons/{lesson.pk}").status_code == 404
        asked = client_for(learner)
        assert asked.get(f"/api/v1/tutoring/tutors/{tutor.pk}").status_code == 404
        assert asked.get(f"/api/v1/tutoring/tutors/{tutor.pk}/slots").status_code == 404
        assert asked.get("/api/v1/tutoring/tutors").json()["results"] == []

    def test_by_a_learner_is_no_way_out_of_what_was_agreed(self) -> None:
        learner, tutor, lesson = _pair()
        identity.block(blocker_id=learner.pk, blocked_id=tutor.pk, now=now())

        api.PEOPLE.refresh_block(
            blocker_id=learner.pk,
            blocked_id=tutor.pk,
            now=lesson.starts_at - timedelta(hours=1),
        )

        row = Lesson.objects.get(pk=lesson.pk)
        assert (row.state, row.ended_by, row.spent_percent) == ("canceled", "learner", 100)

    def test_that_is_taken_back_shows_them_again(
        self, client_for: ClientFor, deliver: Deliver
    ) -> None:
        learner, tutor, _ = _pair()
        identity.block(blocker_id=learner.pk, blocked_id=tutor.pk, now=now())
        deliver()

        identity.unblock(blocker_id=learner.pk, blocked_id=tutor.pk, now=now())
        deliver()

        found = client_for(learner).get("/api/v1/tutoring/tutors").json()["results"]
        assert [one["tutor"]["id"] for one in found] == [str(tutor.pk)]


class TestTheEndOfAnAccount:
    def test_leaves_nothing_open(self, deliver: Deliver) -> None:
        learner, tutor, lesson = _pair()
        token = api.rotate_calendar(person_id=tutor.pk, now=now())

        identity.end_account(user_id=tutor.pk, now=now())
        deliver()

        row = Lesson.objects.get(pk=lesson.pk)
        assert (row.state, row.ended_by, row.spent_percent) == ("canceled", "system", 0)
        assert Tutor.objects.get(pk=tutor.pk).state == "left"
        assert not Person.objects.filter(pk=tutor.pk).exists()
        assert api.calendar(token=token, now=now()) is None
        assert credits_of(learner.pk) == (200, 0)


class TestErasure:
    def test_takes_every_trace_and_leaves_the_others_theirs(self) -> None:
        learner, tutor, lesson = _pair()
        Tutor.objects.filter(pk=tutor.pk).update(introduction="canary")
        api.rotate_calendar(person_id=tutor.pk, now=now())
        over = booked(learner_id=learner.pk, tutor_id=tutor.pk, starts_at=on_the_hour(days=4))
        held(lesson)
        held(over)

        for _ in range(2):
            api.PEOPLE.erase_person(person_id=tutor.pk, now=over.ends_at + timedelta(minutes=1))

        assert api.PEOPLE.export(person_id=tutor.pk) == {}
        assert not Tutor.objects.exists()
        assert not TutorLanguage.objects.exists()
        assert not CalendarFeed.objects.exists()
        states = dict(Lesson.objects.values_list("pk", "state"))
        assert states == {lesson.pk: "completed", over.pk: "completed"}
        assert set(Lesson.objects.values_list("learner_id", "tutor_id")) == {(learner.pk, None)}
        told = StoredEvent.objects.filter(name="tutoring.person_erased.v1")
        assert {event.data["person_id"] for event in told} == {str(tutor.pk)}

    def test_calls_off_what_was_to_come(self) -> None:
        learner, _, lesson = _pair()

        api.PEOPLE.erase_person(person_id=learner.pk, now=now())

        row = Lesson.objects.get(pk=lesson.pk)
        assert (row.state, row.spent_percent, row.learner_id) == ("canceled", 0, None)

    def test_is_heard_of_from_identity(self, deliver: Deliver) -> None:
        learner, _, _ = _pair()
        due = ErasureDue(occurred_at=now(), user_id=learner.pk)

        for_context("identity")(lambda: publish([due]))()
        deliver()

        assert StoredEvent.objects.filter(name="tutoring.person_erased.v1").count() == 1

    def test_shows_the_other_a_lesson_with_nobody(self, client_for: ClientFor) -> None:
        learner, tutor, lesson = _pair()

        api.PEOPLE.erase_person(person_id=tutor.pk, now=now())

        shown = client_for(learner).get(f"/api/v1/tutoring/lessons/{lesson.pk}").json()
        assert (shown["tutor"], shown["state"]) == (None, "canceled")


class TestAnExport:
    def test_holds_what_a_tutor_said_and_gave(self) -> None:
        _, tutor, lesson = _pair()

        exported = api.PEOPLE.export(person_id=tutor.pk)

        assert exported["tutor"][0]["introduction"] == "I teach."
        assert [one["id"] for one in exported["lessons"]] == [str(lesson.pk)]

    def test_of_a_stranger_is_empty(self) -> None:
        assert api.PEOPLE.export(person_id=UUID(int=7)) == {}


class TestEventsTwice:
    def test_leave_the_same_state(self, deliver: Deliver) -> None:
        learner, tutor, lesson = _pair()
        identity.block(blocker_id=learner.pk, blocked_id=tutor.pk, now=now())
        again = PersonBlocked(occurred_at=now(), blocker_id=learner.pk, blocked_id=tutor.pk)

        for _ in range(2):
            for_context("identity")(lambda: publish([again]))()
            deliver()

        assert Lesson.objects.get(pk=lesson.pk).state == "canceled"
        assert StoredEvent.objects.filter(name="tutoring.lesson_canceled.v1").count() == 1
