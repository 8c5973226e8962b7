"""Calendars, as a calendar program reads them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from icalendar import Calendar
from rest_framework.test import APIClient

from contexts.shared.kernel import now
from contexts.tutoring import api
from contexts.tutoring.models import CalendarFeed, Lesson, Person
from tests.factories.identity import UserFactory, access_token
from tests.factories.tutoring import BlockFactory, LessonFactory, booked, on_the_hour

User = get_user_model()

pytestmark = pytest.mark.django_db


def _feed(person_id: UUID) -> str:
    token = api.rotate_calendar(person_id=person_id, now=now())
    return f"/tutoring/calendar/{token}.ics"


def _read(url: str) -> list[Any]:
    response = Client().get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return list(calendar.walk("VEVENT"))


class TestAFeed:
    def test_holds_both_sides_lessons(self) -> None:
        lesson = booked()

        for person_id in (lesson.learner_id, lesson.tutor_id):
            assert person_id is not None
            (event,) = _read(_feed(person_id))
            assert str(event["UID"]) == f"{lesson.pk}@busuu-open"
            assert event["DTSTART"].dt == lesson.starts_at
            assert event["DTEND"].dt == lesson.ends_at
            assert (event["SEQUENCE"], str(event["STATUS"])) == (0, "CONFIRMED")
            assert "en-GB" in event["SUMMARY"]

    def test_follows_a_lesson_that_is_moved_and_canceled(self) -> None:
        lesson = booked()
        assert lesson.learner_id is not None
        url, early = _feed(lesson.learner_id), lesson.starts_at - timedelta(hours=30)
        to = on_the_hour(days=5)

        api.reschedule_lesson(lesson_id=lesson.pk, by=lesson.learner_id, starts_at=to, now=early)
        (moved,) = _read(url)
        api.cancel_lesson(lesson_id=lesson.pk, by=lesson.learner_id, now=early)
        (canceled,) = _read(url)

        assert (moved["DTSTART"].dt, moved["SEQUENCE"]) == (to, 1)
        assert (str(canceled["STATUS"]), canceled["SEQUENCE"]) == ("CANCELLED", 2)
        assert canceled["UID"] == moved["UID"]

    @pytest.mark.parametrize("state", ["pending", "lapsed"])
    def test_has_nothing_that_never_was(self, state: str) -> None:
        lesson = LessonFactory(state=state)

        assert _read(_feed(lesson.learner_id)) == []

    def test_has_nothing_of_whom_one_does_not_meet(self) -> None:
        lesson: Lesson = LessonFactory()
        BlockFactory(blocker_id=lesson.tutor_id, blocked_id=lesson.learner_id)
        assert lesson.learner_id is not None

        assert _read(_feed(lesson.learner_id)) == []

    def test_is_at_an_address_that_nobody_guesses_or_reads_from_the_database(self) -> None:
        lesson = booked()
        assert lesson.learner_id is not None
        token = api.rotate_calendar(person_id=lesson.learner_id, now=now())

        kept = CalendarFeed.objects.get()

        assert len(token) >= 40
        assert token not in kept.token_hash
        for wrong in (kept.token_hash, token[:-1], token.upper(), "x", "é"):
            assert Client().get(f"/tutoring/calendar/{wrong}.ics").status_code == 404

    def test_of_before_is_gone_once_there_is_a_new_one(self) -> None:
        lesson = booked()
        assert lesson.learner_id is not None

        old, new = _feed(lesson.learner_id), _feed(lesson.learner_id)

        assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)

    def test_is_handed_out_over_the_api(self) -> None:
        user = UserFactory()
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")

        url = client.post("/api/v1/tutoring/calendar").json()["url"]

        assert url.startswith(settings.PUBLIC_URL)
        assert _read(url.removeprefix(settings.PUBLIC_URL)) == []

    def test_only_reads(self) -> None:
        url = _feed(UUID(int=7))

        assert Client().post(url).status_code == 405

    def test_speaks_its_owners_language(self) -> None:
        lesson = booked()
        Person.objects.filter(pk=lesson.learner_id).update(interface_language="es-MX")
        assert lesson.learner_id is not None
        assert lesson.tutor_id is not None

        (spanish,), (english,) = _read(_feed(lesson.learner_id)), _read(_feed(lesson.tutor_id))

        assert spanish["SUMMARY"].startswith("Clase con")
        assert english["SUMMARY"].startswith("Teaching ")

    def test_links_the_room_and_rings_before_the_lesson(self) -> None:
        lesson = booked()
        assert lesson.learner_id is not None

        (event,) = _read(_feed(lesson.learner_id))

        assert event["URL"] == f"{settings.PUBLIC_URL}/tutoring/rooms/{lesson.pk}"
        triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        assert triggers == [timedelta(days=-1), timedelta(minutes=-10)]

    def test_is_refreshed_and_read_once_while_unchanged(self) -> None:
        lesson = booked()
        assert lesson.learner_id is not None
        url = _feed(lesson.learner_id)

        first = Client().get(url)
        again = Client().get(url, headers={"If-None-Match": first["ETag"]})

        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in first.content
        assert b"X-PUBLISHED-TTL:PT1H" in first.content
        assert (again.status_code, again.content) == (304, b"")
        api.cancel_lesson(lesson_id=lesson.pk, by=lesson.learner_id, now=now())
        assert Client().get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


class TestTheWayIntoTheRoom:
    @pytest.mark.parametrize("part", ["learner", "tutor"])
    def test_is_open_to_both_and_only_entering_counts(self, part: str) -> None:
        people = {"learner_id": UserFactory().pk, "tutor_id": UserFactory().pk}
        starts_at = now() + timedelta(minutes=5)
        lesson: Lesson = LessonFactory(starts_at=starts_at, **people)
        client = Client()
        client.force_login(User.objects.get(pk=people[f"{part}_id"]))

        page = client.get(f"/tutoring/rooms/{lesson.pk}")

        assert page.status_code == 200
        assert getattr(Lesson.objects.get(), f"{part}_entered_at") is None
        entered = client.get(f"/tutoring/rooms/{lesson.pk}/entry")
        assert (entered.status_code, "jwt=" in entered["Location"]) == (302, True)
        assert getattr(Lesson.objects.get(), f"{part}_entered_at") is not None

    def test_is_closed_to_others_and_before_its_time(self) -> None:
        learner = UserFactory()
        lesson: Lesson = LessonFactory(learner_id=learner.pk)
        own, other = Client(), Client()
        own.force_login(User.objects.get(pk=learner.pk))
        other.force_login(User.objects.get(pk=UserFactory().pk))

        assert own.get(f"/tutoring/rooms/{lesson.pk}/entry").status_code == 409
        assert other.get(f"/tutoring/rooms/{lesson.pk}").status_code == 404
        assert Client().get(f"/tutoring/rooms/{lesson.pk}").status_code == 302
