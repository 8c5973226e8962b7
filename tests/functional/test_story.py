"""A learner's first lesson, from registration to sign-out, over every context it touches."""

from collections.abc import Callable
from typing import Any

import orjson
import pytest
from rest_framework.test import APIClient

from busuu.workshop.journey import answers
from contexts.community import api as community
from contexts.community.queries import is_member
from contexts.courses import queries as courses
from contexts.identity import api as identity
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import Delivery
from tests.factories.courses import exercise_body, published_course
from tests.factories.identity import PASSWORD, TERMS, UserFactory
from tests.integration.identity.people import mailed_token

Deliver = Callable[[], int]
ClientFor = Callable[..., APIClient]

EMAIL = "ana@example.org"
PATH = "/api/v1"


class Browser:
    """A client app: it sends JSON and keeps its tokens."""

    def __init__(self) -> None:
        self.client = APIClient()

    def call(self, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        answer = self.client.generic(
            method, PATH + path, _json(body), content_type="application/json"
        )
        assert answer.status_code == expect, answer.content
        return answer.json() if answer.content else None

    def bear(self, pair: dict[str, Any]) -> None:
        self.client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access_token']}")


def _json(body: Any) -> bytes:
    return b"" if body is None else orjson.dumps(body)


def _open_account(browser: Browser, deliver: Deliver) -> dict[str, Any]:
    credentials = {"email": EMAIL, "password": PASSWORD}
    browser.call("POST", "/auth/register", {**credentials, "agreed_terms": TERMS}, expect=202)
    browser.call("POST", "/auth/sign-in", credentials, expect=403)
    deliver()
    browser.call("POST", "/auth/verification", {"token": mailed_token()}, expect=204)
    pair: dict[str, Any] = browser.call("POST", "/auth/sign-in", credentials)
    browser.bear(pair)
    return pair


def _answer_all(browser: Browser, enrollment: Any, lesson: dict[str, Any]) -> list[str]:
    verdicts = []
    for shown in lesson["exercises"]:
        body = exercise_body(enrollment, shown["key"])
        for given in (answers.wrong(body), answers.right(body)):
            sent = {"attempt_id": str(new_id()), "exercise": shown["key"], "answer": given}
            graded = browser.call("POST", f"/enrollments/{enrollment.pk}/answers", sent)
            verdicts.append(graded["verdict"])
    return verdicts


@pytest.mark.django_db
class TestAFirstLesson:
    def test_is_a_story_that_every_context_hears(
        self, deliver: Deliver, client_for: ClientFor
    ) -> None:
        published_course()
        browser = Browser()
        pair = _open_account(browser, deliver)
        pair = browser.call("POST", "/auth/refresh", {"refresh_token": pair["refresh_token"]})
        browser.bear(pair)
        said = {"native": ["en"], "studied": [{"language": "es", "level": "A1"}]}
        me = browser.call("PUT", "/me/languages", said)

        enrolled = browser.call("POST", "/enrollments", {"course": "tiny"}, expect=201)
        enrollment = courses.enrollments_of(me["id"]).get(pk=enrolled["id"])
        path = f"/enrollments/{enrolled['id']}"
        lesson = browser.call("GET", f"{path}/next-lesson")["lesson"]
        verdicts = _answer_all(browser, enrollment, lesson)
        progress = browser.call("POST", f"{path}/lessons/{lesson['lesson']}/completion")
        queue = browser.call("GET", "/reviews")["results"]
        deliver()

        assert verdicts == ["wrong", "correct"] * 3
        assert [one["completed_at"] is not None for one in progress["lessons"]][:2] == [True, False]
        assert {one["text"] for one in queue} == {"hola", "adiós"}
        member = browser.call("GET", "/community/me")
        assert (member["lessons_completed"], member["studied_languages"]) == (1, ["es"])
        _assert_staff_can_read_it(me["id"], client_for)
        browser.call("POST", "/auth/sign-out", expect=204)
        browser.call("GET", "/me", expect=401)


def _assert_staff_can_read_it(learner_id: str, client_for: ClientFor) -> None:
    support = client_for(UserFactory(roles=("support",)))
    log = support.get(f"{PATH}/events/{learner_id}").json()["results"]
    types = [one["type"].split(".")[1] for one in log]
    assert types == [
        "user_registered",
        "role_changed",
        "user_verified",
        "profile_changed",
        "learner_enrolled",
        *["item_reviewed"] * 5,
        "lesson_completed",
    ]
    assert log[-1]["handled_by"] == ["community.count_lesson"]
    assert not Delivery.objects.using(alias_of("courses")).exists()


@pytest.mark.django_db
class TestALearner:
    def test_may_not_read_the_event_log(self, client_for: ClientFor) -> None:
        learner = UserFactory()

        answer = client_for(learner).get(f"{PATH}/events/{learner.pk}")

        assert answer.status_code == 403

    def test_is_forgotten_by_community_when_the_account_ends(
        self, deliver: Deliver, client_for: ClientFor
    ) -> None:
        learner = UserFactory()
        community.PEOPLE.remember(person_id=learner.pk)
        identity.end_account(user_id=learner.pk, now=now())
        deliver()

        community.note_lesson(member_id=learner.pk, completed_at=now())

        assert not is_member(learner.pk)
