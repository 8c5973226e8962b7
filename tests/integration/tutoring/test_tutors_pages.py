"""The tutors' own pages."""

import pytest
from django.test import Client

from contexts.shared.kernel import now
from contexts.tutoring import api
from contexts.tutoring.models import Lesson
from tests.factories.identity import UserFactory
from tests.factories.tutoring import PersonFactory, approved_tutor, booked

pytestmark = pytest.mark.django_db


class TestThePages:
    @pytest.mark.parametrize("path", ["", "week", "hours"])
    def test_ask_who_you_are(self, path: str) -> None:
        response = Client().get(f"/tutoring/{path}")

        assert response.status_code == 302
        assert response["Location"].startswith("/tutoring/sign-in?next=")

    @pytest.mark.parametrize("path", ["", "week", "hours"])
    def test_are_for_tutors(self, path: str) -> None:
        client = Client()
        client.force_login(UserFactory())

        assert client.get(f"/tutoring/{path}").status_code == 403

    @pytest.mark.parametrize("asked", ["", "nonsense", "9999-12-31", "0001-01-01", "2026-02-30"])
    def test_show_a_week_whatever_is_asked(self, asked: str) -> None:
        user = UserFactory()
        approved_tutor(user.pk)
        client = Client()
        client.force_login(user)

        assert client.get("/tutoring/week", {"from": asked}).status_code == 200

    def test_know_nothing_of_others_lessons(self) -> None:
        user = UserFactory()
        approved_tutor(user.pk)
        lesson = booked()
        client = Client()
        client.force_login(user)

        answers = [client.post(f"/tutoring/lessons/{lesson.pk}/{act}") for act in ("cancel", "x")]

        assert [one.status_code for one in answers] == [404, 404]
        assert Lesson.objects.get(pk=lesson.pk).state == "booked"

    def test_show_an_applicant_no_desk(self) -> None:
        user = UserFactory()
        PersonFactory(id=user.pk)
        api.apply_as_tutor(
            person_id=user.pk,
            languages=["en"],
            introduction="I teach.",
            time_zone="Asia/Tokyo",
            now=now(),
        )
        client = Client()
        client.force_login(user)

        response = client.get("/tutoring/")

        assert response.status_code == 403
        assert "Your application is being read" in response.content.decode()
        assert "Next lessons" not in response.content.decode()

    def test_ask_before_a_lesson_is_canceled(self) -> None:
        user = UserFactory()
        approved_tutor(user.pk)
        lesson = booked(tutor_id=user.pk)
        client, address = Client(), f"/tutoring/lessons/{lesson.pk}/cancel"
        client.force_login(user)

        asked = client.post(address)
        before = Lesson.objects.get(pk=lesson.pk).state
        client.post(address, {"confirmed": "1"})

        assert (asked.status_code, before) == (200, "booked")
        assert "Yes, cancel it" in asked.content.decode()
        assert Lesson.objects.get(pk=lesson.pk).state == "canceled"

    def test_write_dates_in_their_language(self) -> None:
        user = UserFactory()
        approved_tutor(user.pk)
        client = Client()
        client.force_login(user)

        pages = {
            language: client.get(
                "/tutoring/week", {"from": "2030-03-04"}, headers={"Accept-Language": language}
            ).content.decode()
            for language in ("en", "es")
        }

        assert "Monday 4 March" in pages["en"]
        assert "lunes 4 de marzo" in pages["es"]

    def test_change_nothing_without_the_forms_own_token(self) -> None:
        user = UserFactory()
        approved_tutor(user.pk)
        lesson = booked(tutor_id=user.pk)
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)

        assert client.post(f"/tutoring/lessons/{lesson.pk}/cancel").status_code == 403
        assert Lesson.objects.get(pk=lesson.pk).state == "booked"

    def test_sign_in_no_faster_than_the_api(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from contexts.shared.http.throttling import AddressThrottle

        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "credentials", "1/hour")
        client = Client(REMOTE_ADDR="192.0.2.77")
        guess = {"username": "eve@example.org", "password": "guess"}

        statuses = [client.post("/tutoring/sign-in", guess).status_code for _ in range(2)]

        assert statuses == [200, 429]
