"""A repeated request with the same Idempotency-Key has one effect."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from contexts.courses.models import Enrollment
from contexts.identity.models import User
from contexts.shared.database.models import IdempotencyKey
from contexts.shared.messaging.models import StoredEvent
from tests.factories.courses import published_course
from tests.factories.identity import UserFactory
from tests.integration.http.checks import assert_problem

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
ENROLL = "/api/v1/enrollments"


class TestAnIdempotencyKey:
    def test_has_one_effect_and_one_answer(self, client_for: ClientFor) -> None:
        published_course()
        client = client_for(UserFactory())

        answers = [_enroll(client, key="key-1") for _ in range(3)]

        assert [answer.status_code for answer in answers] == [201, 201, 201]
        assert answers[0].content == answers[1].content == answers[2].content
        assert Enrollment.objects.count() == 1
        assert StoredEvent.objects.filter(name="courses.learner_enrolled.v1").count() == 1
        assert IdempotencyKey.objects.count() == 1

    def test_is_not_for_another_request(self, client_for: ClientFor) -> None:
        published_course()
        client = client_for(UserFactory())
        _enroll(client, key="key-1")

        response = _enroll(client, key="key-1", course="other")

        assert assert_problem(response, 422) == "idempotency_key_reused"
        assert Enrollment.objects.count() == 1

    def test_is_its_callers_own(self, client_for: ClientFor) -> None:
        published_course()

        for client in (client_for(UserFactory()), client_for(UserFactory())):
            assert _enroll(client, key="key-1").status_code == 201

        assert Enrollment.objects.count() == 2

    def test_may_be_tried_again_after_a_refusal(self, client_for: ClientFor) -> None:
        client = client_for(UserFactory())
        refused = _enroll(client, key="key-1")
        published_course()

        response = _enroll(client, key="key-1")

        assert (refused.status_code, response.status_code) == (404, 201)

    def test_of_a_stranger_is_not_kept(self) -> None:
        assert assert_problem(_enroll(APIClient(), key="key-1"), 401) == "not_authenticated"
        assert not IdempotencyKey.objects.exists()


def _enroll(client: APIClient, *, key: str, course: str = "tiny") -> Any:
    return client.post(ENROLL, {"course": course}, headers={"Idempotency-Key": key})
