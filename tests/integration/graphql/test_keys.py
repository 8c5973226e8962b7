"""The Idempotency-Key header over GraphQL, for a request with one mutation."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from busuu import rest
from busuu.schema import schema
from contexts.courses.models import Enrollment
from contexts.identity.models import User
from contexts.shared.database.models import IdempotencyKey
from tests.factories.courses import published_course
from tests.factories.identity import UserFactory, access_token
from tests.operations.graphql import camel
from tests.parallel import at_once

ENROLL = 'mutation { enroll(course: "%s") { id } }'


def _send(user: User | None, document: str, *, key: str | None = "key-1") -> Any:
    headers = {"Accept": "application/problem+json"}
    if user is not None:
        headers["Authorization"] = f"Bearer {access_token(user)}"
    if key is not None:
        headers["Idempotency-Key"] = key
    body = json.dumps({"query": document})
    return Client().post("/graphql", body, content_type="application/json", headers=headers)


@pytest.fixture
def course(db: None) -> str:
    return published_course().key


def _code(response: Any) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


class TestAKey:
    def test_has_one_effect_and_one_answer(self, course: str) -> None:
        user = UserFactory()

        answers = [_send(user, ENROLL % course) for _ in range(3)]

        assert answers[0].json()["data"]["enroll"]["id"]
        assert answers[0].content == answers[1].content == answers[2].content
        assert (Enrollment.objects.count(), IdempotencyKey.objects.count()) == (1, 1)

    def test_is_not_for_another_document(self, course: str) -> None:
        user = UserFactory()
        _send(user, ENROLL % course)

        other = _send(user, ENROLL % "other")

        assert _code(other) == "idempotency_key_reused"
        assert Enrollment.objects.count() == 1

    def test_is_its_callers_own(self, course: str) -> None:
        for user in UserFactory.create_batch(2):
            assert "errors" not in _send(user, ENROLL % course).json()

        assert Enrollment.objects.count() == 2

    @pytest.mark.parametrize(
        "document",
        [
            'mutation { a: enroll(course: "a") { id } b: enroll(course: "b") { id } }',
            'mutation { ...Two } fragment Two on Mutation { enroll(course: "a") { id } }',
            'mutation { ... on Mutation { enroll(course: "a") { id } } }',
        ],
    )
    def test_is_for_one_mutation_alone(self, course: str, document: str) -> None:
        refused = _send(UserFactory(), document)

        assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_for_many")
        assert not IdempotencyKey.objects.exists()

    def test_must_look_like_one(self, course: str) -> None:
        refused = _send(UserFactory(), ENROLL % course, key="with space")

        assert (refused.status_code, refused.json()["code"]) == (400, "malformed_idempotency_key")
        assert not Enrollment.objects.exists()

    @pytest.mark.parametrize("signed_in", [True, False])
    def test_is_nothing_to_who_only_reads(self, course: str, signed_in: bool) -> None:
        user = UserFactory() if signed_in else None

        response = _send(user, "{ a: courses { nodes { course } } b: __typename }")

        assert "errors" not in response.json()
        assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestThirtyTwoSends:
    def test_have_one_effect_and_equal_answers(self) -> None:
        user, course = UserFactory(), published_course().key

        answers = at_once(lambda _: _send(user, ENROLL % course).content, times=32)

        assert len(set(answers)) == 1, set(answers)
        assert b"errors" not in answers[0]  # type: ignore[operator]
        assert Enrollment.objects.count() == 1


def _views(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.callback.view_class


class TestEveryMutation:
    def test_takes_a_key_where_its_twin_over_rest_does(self) -> None:
        keyed_over_rest = {
            camel(view.operations["POST"]).replace("Submission", "Text")
            for view in _views(rest.urlpatterns)
            if getattr(getattr(view, "post", None), "takes_key", False)
        }
        fields = schema.graphql_schema.mutation_type.fields
        keyed = {
            name
            for name, field in fields.items()
            if getattr(getattr(field.resolve, "func", field.resolve), "takes_key", False)
        }

        assert keyed == keyed_over_rest
