"""A lesson's page: what became of it, and the answer to a report."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from contexts.shared.kernel import new_id, now
from contexts.tutoring.models import Lesson
from tests.factories.identity import UserFactory
from tests.factories.tutoring import LessonFactory, PersonFactory

pytestmark = pytest.mark.django_db

WHEN = {"starts_at": now() - timedelta(hours=2), "ends_at": now() - timedelta(hours=1)}
REPORTED: dict[str, Any] = {
    "state": "reported",
    "absent": "learner",
    "decides_at": now() + timedelta(days=1),
    **WHEN,
}


class Visitor:
    def __init__(self, time_zone: str = "Asia/Kolkata") -> None:
        user: Any = UserFactory(time_zone=time_zone)
        self.id = user.pk
        PersonFactory(id=user.pk, time_zone=time_zone)
        self.client = Client()
        self.client.force_login(user)

    def see(self, lesson: Lesson) -> str:
        return self.client.get(f"/tutoring/rooms/{lesson.pk}").content.decode()

    def answer(self, lesson: Lesson, answer: str) -> HttpResponse:
        return self.client.post(  # type: ignore[return-value]
            f"/tutoring/rooms/{lesson.pk}/answer", {"answer": answer}
        )


class TestThePage:
    @pytest.mark.parametrize(
        ("lesson", "sentence"),
        [
            ({}, "The room opens ten minutes before the lesson."),
            ({"state": "canceled"}, "This lesson was canceled."),
            ({"state": "missed", **WHEN}, "This lesson was missed."),
            ({"state": "completed", **WHEN}, "This lesson is over."),
            ({"state": "booked", **WHEN}, "This lesson is over."),
            ({**REPORTED, "state": "disputed"}, "The absence is disputed."),
            ({**REPORTED, "absent": "tutor"}, "An absence is reported."),
        ],
    )
    def test_says_what_became_of_the_lesson(self, lesson: dict[str, Any], sentence: str) -> None:
        visitor = Visitor()

        page = visitor.see(LessonFactory(learner_id=visitor.id, **lesson))

        assert sentence in page
        assert "I was there" not in page

    def test_shows_the_time_on_the_visitors_clock(self) -> None:
        visitor = Visitor("Asia/Kolkata")
        lesson = LessonFactory(learner_id=visitor.id)

        page = visitor.see(lesson)

        assert f"{lesson.starts_at + timedelta(hours=5, minutes=30):%H:%M} IST" in page


class TestAnAnswer:
    def test_is_asked_of_the_absent_one(self) -> None:
        visitor = Visitor()

        page = visitor.see(LessonFactory(learner_id=visitor.id, **REPORTED))

        assert "I was there" in page
        assert "Please answer by" in page

    @pytest.mark.parametrize(("answer", "state"), [("agree", "missed"), ("dispute", "disputed")])
    def test_decides_the_report(self, answer: str, state: str) -> None:
        visitor = Visitor()
        lesson = LessonFactory(learner_id=visitor.id, **REPORTED)

        response = visitor.answer(lesson, answer)

        lesson.refresh_from_db()
        assert (response.status_code, lesson.state) == (302, state)
        assert response["Location"] == f"/tutoring/rooms/{lesson.pk}"

    def test_counts_once(self) -> None:
        visitor = Visitor()
        lesson = LessonFactory(learner_id=visitor.id, **REPORTED)
        visitor.answer(lesson, "dispute")

        response = visitor.answer(lesson, "agree")

        lesson.refresh_from_db()
        assert (response.status_code, lesson.state) == (409, "disputed")
        assert 'role="alert"' in response.content.decode()

    @pytest.mark.parametrize("answer", ["", "maybe", "agree "])
    def test_is_one_of_two(self, answer: str) -> None:
        visitor = Visitor()
        lesson = LessonFactory(learner_id=visitor.id, **REPORTED)

        assert visitor.answer(lesson, answer).status_code == 404

    def test_is_not_given_by_others(self) -> None:
        reporter, stranger = Visitor(), Visitor()
        lesson = LessonFactory(learner_id=new_id(), tutor_id=reporter.id, **REPORTED)

        codes = [one.answer(lesson, "agree").status_code for one in (reporter, stranger)]

        lesson.refresh_from_db()
        assert (codes, lesson.state) == ([409, 404], "reported")
