"""Requests find something for synthetic learners."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from rest_framework.test import APIClient

from busuu.workshop.journey.answers import right
from contexts.courses import queries as courses
from contexts.shared.kernel import new_id
from contexts.shared.people.made_up import MadeUpPerson
from contexts.tutoring import queries as tutoring
from tests.factories.courses import exercises_of, premium_until
from tests.factories.tutoring import cells_of
from tests.functional.town import crowd, fabricated

User = get_user_model()

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

ClientFor = Callable[[User], APIClient]


def active() -> MadeUpPerson:
    return next(one for one in crowd() if one.is_active)


def learner_with_lessons() -> MadeUpPerson:
    return next(one for one in crowd() if one.lessons)


class TestRequests:
    """The requests of the load benchmark, sent as a synthetic learner."""

    READS = (
        "/api/v1/enrollments/{enrollment}/next-lesson",
        "/api/v1/reviews",
        "/api/v1/community/feed",
        "/api/v1/community/notifications",
        "/api/v1/tutoring/tutors",
        "/api/v1/tutoring/lessons",
        "/api/v1/billing/wallet",
        "/api/v1/billing/entitlements",
    )

    @pytest.mark.parametrize("path", READS)
    def test_find_something(self, path: str, client_for: ClientFor) -> None:
        one = learner_with_lessons()
        enrollment = courses.enrollments_of(one.id).get()

        answer = client_for(User.objects.get(pk=one.id)).get(path.format(enrollment=enrollment.pk))

        assert answer.status_code == 200
        found = answer.json()
        assert found.get("results", True)

    def test_show_the_lesson_after_those_that_are_done(self, client_for: ClientFor) -> None:
        one = active()
        enrollment = courses.enrollments_of(one.id).get()

        client = client_for(User.objects.get(pk=one.id))
        shown = client.get(f"/api/v1/enrollments/{enrollment.pk}").json()

        assert shown["lessons_completed"] == 2

    def test_take_an_answer(self, client_for: ClientFor) -> None:
        enrollment = courses.enrollments_of(active().id).get()
        exercise = exercises_of(enrollment.version_id)[0]

        answer = client_for(User.objects.get(pk=enrollment.learner_id)).post(
            f"/api/v1/enrollments/{enrollment.pk}/answers",
            {"attempt_id": new_id(), "exercise": exercise.key, "answer": right(exercise.body)},
        )

        assert answer.status_code == 200
        assert answer.json()["verdict"] == "correct"

    def test_offer_no_slot_of_a_tutor_that_is_taken(self, client_for: ClientFor) -> None:
        lesson = tutoring.lessons_of(learner_with_lessons().id).filter(state="booked")[0]
        day = {
            "from": (lesson.starts_at - timedelta(hours=3)).isoformat(),
            "to": (lesson.starts_at + timedelta(hours=4)).isoformat(),
        }

        client = client_for(User.objects.get(pk=lesson.learner_id))
        found = client.get(f"/api/v1/tutoring/tutors/{lesson.tutor_id}/slots", day).json()

        starts = {slot["starts_at"] for slot in found["slots"]}
        assert starts
        assert lesson.starts_at.isoformat().replace("+00:00", "Z") not in starts
        assert cells_of(lesson) == 8

    def test_open_premium_where_billing_says_so(self, client_for: ClientFor) -> None:
        one = crowd()[7]

        client = client_for(User.objects.get(pk=one.id))
        shown = client.get("/api/v1/billing/entitlements").json()

        assert shown["premium"]["active"] is True
        until = datetime.fromisoformat(shown["premium"]["until"])
        assert premium_until(one.id) == until

    def test_sign_in_with_the_password_that_was_given(self) -> None:
        fabricated(5, seed=2, password="learn-with-us")

        answer = APIClient().post(
            "/api/v1/auth/sign-in",
            {"email": crowd(5, seed=2)[3].email, "password": "learn-with-us"},
        )

        assert answer.status_code == 200

    def test_sign_nobody_in_without_one(self) -> None:
        answer = APIClient().post(
            "/api/v1/auth/sign-in", {"email": crowd()[3].email, "password": "fabricated"}
        )

        assert answer.status_code == 401
        assert not User.objects.get(email=crowd()[3].email).has_usable_password()
