"""Tutoring over GraphQL: the story of a lesson, and no query more for a hundred rows."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contexts.shared.kernel import now
from contexts.tutoring.models import Lesson
from tests.factories.identity import UserFactory
from tests.factories.tutoring import (
    LessonFactory,
    PersonFactory,
    approved_tutor,
    booked,
    learner_with,
    on_the_hour,
)
from tests.integration.graphql.asking import data, error

User = get_user_model()

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]

BOOK = """mutation($tutor: UUID!, $at: Instant!) {
  bookLesson(tutor: $tutor, startsAt: $at, language: "en-GB") { id state role policy } }"""
ENTER = "mutation($id: UUID!) { enterLessonRoom(id: $id) { url } }"
FIND = """query($from: Instant, $to: Instant) { tutors(language: "en", first: 50) { nodes {
  id name languages slots(from: $from, to: $to) { startsAt localStartsAt } } } }"""


def _learner(credits: int = 2) -> User:  # noqa: A002
    user = UserFactory()
    learner_with(credits, PersonFactory(id=user.pk).pk)
    return user


class TestTheStory:
    def test_of_a_lesson_is_told(self, client_for: ClientFor) -> None:
        tutor_id, at = approved_tutor(), on_the_hour()
        client = client_for(_learner())
        window = {"from": at.isoformat(), "to": (at + timedelta(hours=1)).isoformat()}

        (found,) = data(client, FIND, **window)["tutors"]["nodes"]
        lesson = data(client, BOOK, tutor=str(tutor_id), at=found["slots"][0]["startsAt"])
        taken = data(client, FIND, **window)["tutors"]["nodes"]
        lesson_id = lesson["bookLesson"]["id"]
        canceled = data(
            client,
            "mutation($id: UUID!) { cancelLesson(id: $id) { state spentPercent endedBy } }",
            id=lesson_id,
        )

        assert [slot["startsAt"] for slot in found["slots"]] == [
            f"{at:%Y-%m-%dT%H:%M:%S}Z",
            f"{at + timedelta(minutes=30):%Y-%m-%dT%H:%M:%S}Z",
        ]
        assert lesson["bookLesson"]["state"] == "booked"
        assert taken[0]["slots"] == []
        assert canceled["cancelLesson"] == {
            "state": "canceled",
            "spentPercent": 0,
            "endedBy": "learner",
        }

    def test_has_losers_who_are_told_why(self, client_for: ClientFor) -> None:
        lesson = booked()

        told = error(
            client_for(_learner()),
            BOOK,
            tutor=str(lesson.tutor_id),
            at=lesson.starts_at.isoformat(),
        )

        assert (told["code"], told["status"]) == ("slot_taken", 409)
        assert Lesson.objects.count() == 1

    def test_shows_a_tutor_their_hours(self, client_for: ClientFor) -> None:
        user = UserFactory()
        client = client_for(user)

        data(
            client,
            """mutation { applyToTeach(languages: ["en"], introduction: "Hi.",
               timeZone: "Asia/Tokyo") { state } }""",
        )
        changed = data(
            client,
            """mutation($rules: [RuleInput!]!) { setHours(timeZone: "Asia/Tokyo", lessonMinutes: 60,
               gridMinutes: 60, noticeMinutes: 0, horizonDays: 30, bufferMinutes: 0,
               policy: "graded.v1", rules: $rules)
               { timeZone policy rules { weekday start end } } }""",
            rules=[{"weekday": 1, "start": "09:00", "end": "12:00"}],
        )

        assert changed["setHours"] == {
            "timeZone": "Asia/Tokyo",
            "policy": "graded.v1",
            "rules": [{"weekday": 1, "start": "09:00", "end": "12:00"}],
        }
        assert data(client, "{ tutorApplication { state } }") == {
            "tutorApplication": {"state": "applied"}
        }

    @pytest.mark.parametrize(
        "asked",
        ["query($id: UUID!) { bookedLesson(id: $id) { id } }", ENTER],
    )
    def test_of_others_is_not_found(self, asked: str, client_for: ClientFor) -> None:
        lesson = booked()

        told = error(client_for(UserFactory()), asked, id=str(lesson.pk))

        assert (told["code"], told["status"]) == ("lesson_not_found", 404)

    def test_opens_the_room_in_time(self, client_for: ClientFor) -> None:
        user = _learner()
        lesson = LessonFactory(learner_id=user.pk, starts_at=now() - timedelta(minutes=1))

        entered = data(client_for(user), ENTER, id=str(lesson.pk))

        assert "?jwt=" in entered["enterLessonRoom"]["url"]

    def test_knows_the_policies(self, client_for: ClientFor) -> None:
        found = data(client_for(UserFactory()), "{ lessonPolicies { name } }")

        assert [one["name"] for one in found["lessonPolicies"]] == [
            "standard-24h.v1",
            "flexible-12h.v1",
            "graded.v1",
        ]

    def test_is_for_who_has_signed_in(self) -> None:
        told = error(APIClient(), "{ lessonPolicies { name } }")

        assert told["status"] == 401


class TestTheQueries:
    def _count(self, client: APIClient, query: str, **variables: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            data(client, query, **variables)
        return len(captured)

    def test_for_tutors_and_their_slots_are_as_many_for_many(self, client_for: ClientFor) -> None:
        client = client_for(_learner())
        approved_tutor()
        one = self._count(client, FIND)

        for _ in range(10):
            approved_tutor()

        assert self._count(client, FIND) == one

    def test_for_lessons_are_as_many_for_many(self, client_for: ClientFor) -> None:
        user = _learner()
        client = client_for(user)
        query = "{ bookedLessons(first: 50) { nodes { id learner { name } tutor { name } } } }"
        LessonFactory(learner_id=user.pk)
        one = self._count(client, query)

        LessonFactory.create_batch(20, learner_id=user.pk)

        assert self._count(client, query) == one
