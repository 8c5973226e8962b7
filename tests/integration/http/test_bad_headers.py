"""Every bad method or header gets a problem with a code and stores nothing."""

import base64

import pytest

from tests.integration.http.checks import API_CALLS, CALLS, assert_problem, each, stored
from tests.operations.courses import complete_lesson, enroll, list_courses, move_on
from tests.operations.platform import graphql
from tests.operations.record import Operation
from tests.operations.world import World

pytestmark = pytest.mark.django_db

AUTHORIZATIONS = (
    " ",
    "Bearer",
    "Bearer ",
    "Bearer  x",
    "bearer x.y.z",
    "Basic dXNlcjpwYXNz",
    "Bearer " + "x" * 20_000,
    "Bearer é",
    "Bearer a b c",
    "Bearer ..",
    "Token x",
    "\xff\xfe",
    # A header of a token that says {"alg": "none"}, and one that nests 3,000 deep.
    "Bearer eyJhbGciOiJub25lIn0.e30.",
    "Bearer " + base64.urlsafe_b64encode(b'{"kid":' * 300 + b"1").decode().rstrip("=") + ".e30.x",
    "Bearer " + base64.urlsafe_b64encode(b"[" * 3_000).decode().rstrip("=") + ".e30.x",
    "Bearer " + base64.urlsafe_b64encode(b'{"kid":["a"]}').decode().rstrip("=") + ".e30.x",
)
KEYS = ("", " ", "a b", "x" * 129, "é", "\x7f", "\t", "a\x80")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW")
WITH_KEY = (enroll, move_on, complete_lesson)


class TestAMethod:
    @each(CALLS)
    def test_that_the_route_has_not_is_refused(self, call: Operation, world: World) -> None:
        known = {other.method for other in CALLS if other.address == call.address}
        known |= {"HEAD"} if "GET" in known else set()
        before = stored()

        for method in METHODS:
            if method not in known:
                response = world.send(call, method=method)
                assert response.status_code == 405, (method, response.content)
                assert set(response["Allow"].split(", ")) == known
                if method != "HEAD":
                    assert assert_problem(response, 405) == "method_not_allowed"

        assert stored() == before

    @each(tuple(call for call in API_CALLS if call.method == "GET" and call.status == 200))
    def test_head_gives_no_body(self, call: Operation, world: World) -> None:
        world.prepare(call)

        response = world.send(call, method="HEAD")

        assert (response.status_code, response.content) == (200, b"")


class TestAnAuthorization:
    @each(tuple(call for call in API_CALLS if not call.is_public))
    def test_is_asked_for(self, call: Operation, world: World) -> None:
        before = stored()

        response = world.client.generic(call.method, call.url())

        assert assert_problem(response, 401) == "not_authenticated"
        assert response["WWW-Authenticate"] == "Bearer"
        assert stored() == before

    @each(tuple(c for c in API_CALLS if not c.is_public or c in {list_courses, graphql}))
    def test_that_does_not_hold_is_refused(self, call: Operation, world: World) -> None:
        raw = world.raw(call)

        for value in AUTHORIZATIONS:
            response = world.send(call, raw, headers={"Authorization": value})

            code = assert_problem(response, 401)
            assert code in {"invalid_token", "not_authenticated"}, ascii(value[:40])
            assert response["WWW-Authenticate"] == "Bearer"


class TestAnIdempotencyKey:
    @each(WITH_KEY)
    @pytest.mark.parametrize("key", KEYS, ids=ascii)
    def test_of_another_shape_is_refused(self, key: str, call: Operation, world: World) -> None:
        raw = world.raw(call)
        headers = world.headers(call)
        before = stored()

        response = world.send(call, raw, headers={**headers, "Idempotency-Key": key})

        assert assert_problem(response, 400) == "malformed_idempotency_key"
        assert stored() == before

    @each(tuple(call for call in API_CALLS if call.method == "GET"))
    def test_says_nothing_to_who_only_reads(self, call: Operation, world: World) -> None:
        world.prepare(call)

        response = world.send(call, headers={"Idempotency-Key": "x" * 500})

        assert response.status_code == int(call.answer_to(call.caller)[:3])
