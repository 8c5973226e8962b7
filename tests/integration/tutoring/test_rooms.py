"""The room of a lesson: when it is open, and to whom."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from contexts.shared.kernel import new_id, now
from contexts.tutoring import api
from contexts.tutoring.models import Lesson
from tests.factories.identity import UserFactory
from tests.factories.tutoring import BlockFactory, LessonFactory, approved_tutor, booked
from tests.integration.tutoring.lessons import MINUTE, SECOND, side

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(settings: Any) -> None:
    settings.TUTORING = {"ROOM_URL": "https://rooms.example/", "ROOM_KEY": "k" * 32}


@pytest.mark.usefixtures("rooms")
class TestTheRoom:
    def _enter(self, lesson: Lesson, at: datetime, part: str = "learner") -> api.Room:
        return api.enter_room(lesson_id=lesson.pk, person_id=side(lesson, part), now=at)

    def test_opens_ten_minutes_before_and_closes_at_the_end(self) -> None:
        lesson = booked()
        opens_at = lesson.starts_at - timedelta(minutes=10)

        with pytest.raises(api.RoomNotOpen) as early:
            self._enter(lesson, opens_at - SECOND)
        room = self._enter(lesson, opens_at)
        self._enter(lesson, lesson.ends_at - SECOND)
        with pytest.raises(api.RoomClosed):
            self._enter(lesson, lesson.ends_at)

        assert early.value.params == {"opens_at": opens_at.isoformat()}
        assert (room.opens_at, room.closes_at) == (opens_at, lesson.ends_at)

    def test_notes_who_comes_and_when_once(self) -> None:
        lesson = booked()

        for minutes in (3, 4):
            self._enter(lesson, lesson.starts_at + timedelta(minutes=minutes), "tutor")

        found = Lesson.objects.get(pk=lesson.pk)
        assert found.tutor_entered_at == lesson.starts_at + timedelta(minutes=3)
        assert found.learner_entered_at is None
        assert [one["what"] for one in found.history] == ["booked", "entered"]

    def test_is_entered_from_the_tutors_page_and_not_by_looking_at_it(self) -> None:
        tutor: Any = UserFactory()
        lesson = LessonFactory(tutor_id=approved_tutor(tutor.pk), starts_at=now() + 5 * MINUTE)
        client = Client()
        client.force_login(tutor)

        page = client.get("/tutoring/")
        headed = client.head(f"/tutoring/lessons/{lesson.pk}/room")
        looked = Lesson.objects.get(pk=lesson.pk).tutor_entered_at
        answer = client.get(f"/tutoring/lessons/{lesson.pk}/room")

        assert f"/tutoring/lessons/{lesson.pk}/room" in page.content.decode()
        assert (headed.status_code, looked) == (405, None)
        assert answer.status_code == 302
        assert answer["Location"].startswith("https://rooms.example/lesson-")
        assert Lesson.objects.get(pk=lesson.pk).tutor_entered_at is not None

    def test_that_is_shut_leads_back_to_the_tutors_page(self) -> None:
        tutor: Any = UserFactory()
        lesson = LessonFactory(tutor_id=approved_tutor(tutor.pk))
        client = Client()
        client.force_login(tutor)

        answers = [client.get(f"/tutoring/lessons/{one}/room") for one in (lesson.pk, new_id())]

        assert [one.status_code for one in answers] == [302, 404]
        assert answers[0]["Location"] == "/tutoring/"
        assert "enter" not in client.get("/tutoring/").content.decode()

    def test_is_the_same_for_both_by_links_of_their_own(self) -> None:
        lesson = booked()

        urls = [urlsplit(self._enter(lesson, lesson.starts_at, part).url) for part in _BOTH]

        claims = [_claims(url.query) for url in urls]
        assert urls[0].path == urls[1].path == f"/{claims[0]['room']}"
        assert [one["context"]["user"]["moderator"] for one in claims] == [False, True]
        assert claims[0]["context"]["user"]["id"] != claims[1]["context"]["user"]["id"]
        assert [one["exp"] for one in claims] == [int(lesson.ends_at.timestamp())] * 2

    def test_tells_the_server_of_rooms_neither_names_nor_ids(self) -> None:
        lesson = booked()

        url = self._enter(lesson, lesson.starts_at).url

        told = f"{url} {_claims(urlsplit(url).query)}"
        assert str(lesson.pk) not in told
        assert str(lesson.learner_id) not in told

    def test_of_others_is_not_found(self) -> None:
        lesson = booked()

        with pytest.raises(api.LessonNotFound):
            api.enter_room(lesson_id=lesson.pk, person_id=new_id(), now=lesson.starts_at)

    def test_of_two_who_are_kept_apart_is_not_found(self) -> None:
        lesson = booked()
        BlockFactory(blocker_id=lesson.tutor_id, blocked_id=lesson.learner_id)

        for part in _BOTH:
            with pytest.raises(api.LessonNotFound):
                self._enter(lesson, lesson.starts_at, part)

    def test_of_a_canceled_lesson_is_shut(self) -> None:
        lesson = booked()
        at = lesson.starts_at - timedelta(minutes=5)
        api.cancel_lesson(lesson_id=lesson.pk, by=side(lesson, "tutor"), now=at)

        with pytest.raises(api.LessonNotBooked):
            self._enter(lesson, at)


_BOTH = ("learner", "tutor")


def _claims(query: str) -> dict[str, Any]:
    (token,) = parse_qs(query)["jwt"]
    options: Any = {"verify_exp": False, "verify_nbf": False}
    return jwt.decode(token, "k" * 32, algorithms=["HS256"], audience="jitsi", options=options)
