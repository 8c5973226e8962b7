"""The tutors' own pages."""

import pytest
from django.test import Client

from contexts.tutoring.models import Lesson
from tests.factories.identity import UserFactory
from tests.factories.tutoring import approved_tutor, booked

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
