"""A field or a parameter that an operation does not have is refused by name, everywhere."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.http.checks import API_CALLS, assert_problem, each, stored
from tests.operations.billing import receive_webhook
from tests.operations.graphql import arguments, document
from tests.operations.platform import graphql
from tests.operations.record import Operation
from tests.operations.world import World

pytestmark = pytest.mark.django_db

NAME = "surprise"
# Providers add fields to their webhooks as they like.
STRICT = tuple(call for call in API_CALLS if call is not receive_webhook)
WITH_FIELD = tuple(call for call in STRICT if call.graphql)


def spoilt(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the value with one more field in each of its objects, and the field's pointer."""
    if isinstance(value, dict):
        yield f"{at}/{NAME}", {**value, NAME: 1}
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in steps:
        if isinstance(inner, dict | list):
            for pointer, changed in spoilt(inner, f"{at}/{step}"):
                whole = copy.copy(value)
                whole[step] = changed
                yield pointer, whole


def assert_names(response: Any, pointer: str) -> None:
    assert assert_problem(response, 422) == "unknown_field"
    assert pointer.removeprefix("/") in response.json()["detail"]
    assert {
        error["pointer"] for error in response.json()["errors"] if error["code"] == "unknown_field"
    } == {pointer}


class TestAnUnknownField:
    @each(tuple(call for call in STRICT if call.method != "GET" and call is not graphql))
    def test_of_a_body_is_refused(self, call: Operation, world: World) -> None:
        before = stored()

        for pointer, body in spoilt(world.body(call)):
            response = world.send(call, json.dumps(body).encode(), url=call.url())
            assert_names(response, pointer)

        assert stored() == before

    @each(tuple(call for call in STRICT if call.method != "GET"))
    def test_alone_in_a_body_is_refused(self, call: Operation, world: World) -> None:
        assert_names(world.send(call, b'{"surprise": null}'), f"/{NAME}")

    @each(WITH_FIELD)
    def test_of_variables_is_refused(self, call: Operation, world: World) -> None:
        before = stored()

        for pointer, variables in spoilt(arguments(world, call)):
            body = json.dumps({"query": document(call), "variables": variables}).encode()
            response = world.send(graphql, body, headers=world.headers(call))
            if pointer == f"/answer/{NAME}":
                (error,) = response.json()["errors"]
                assert error["extensions"]["code"] == "unknown_field"
                assert error["extensions"]["errors"][0]["pointer"] == pointer
            else:
                assert_names(response, f"/variables{pointer}")

        assert stored() == before

    def test_is_named_beside_what_is_missing(self, world: World) -> None:
        response = world.client.post("/api/v1/auth/sign-in", {"e/mail": 1}, "application/json")

        assert assert_problem(response, 422) == "unknown_field"
        assert {(e["pointer"], e["code"]) for e in response.json()["errors"]} == {
            ("/e~1mail", "unknown_field"),
            ("/email", "required"),
            ("/password", "required"),
        }

    def test_is_not_repeated_without_end(self, world: World) -> None:
        body = {f"{'x' * 200}{number}": 1 for number in range(1_000)}

        response = world.client.post("/api/v1/auth/sign-in", body, "application/json")

        assert assert_problem(response, 422) == "unknown_field"
        assert len(response.content) < 20_000


class TestAnUnknownParameter:
    @each(STRICT)
    def test_is_refused(self, call: Operation, world: World) -> None:
        before = stored()

        query = "&".join(filter(None, [call.query, f"{NAME}=1"]))
        response = world.send(call, world.raw(call), url=f"{call.url()}?{query}")

        assert assert_problem(response, 400) == "unknown_parameter"
        assert NAME in response.json()["detail"]
        assert [error["pointer"] for error in response.json()["errors"]] == [f"/{NAME}"]
        assert stored() == before
