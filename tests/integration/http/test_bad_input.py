"""Whatever is sent to whichever route: a problem with a code, and nothing stored."""

import base64
import json
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings

from tests.integration.http.world import (
    API_CALLS,
    CALLS,
    FOREIGN,
    NOT_OURS,
    UNKNOWN,
    Call,
    World,
    assert_problem,
    named_routes,
    stored,
)

pytestmark = pytest.mark.django_db

BODIES = {
    "nothing": b" ",
    "no JSON": b"{",
    "more than JSON": b"{} {}",
    "a list": b"[]",
    "a list of objects": b"[{}]",
    "a text": b'"text"',
    "a number": b"1",
    "null": b"null",
    "true": b"true",
    "NaN": b"NaN",
    "a NaN inside": b'{"a": NaN}',
    "an infinity": b'{"a": -Infinity}',
    "a number beyond doubles": b'{"a": 1e400}',
    "lists 100,000 deep": b"[" * 100_000,
    "objects 100,000 deep": b'{"a":' * 100_000,
    "closed lists 40 deep": b"[" * 40 + b"]" * 40,
    "closed objects 40 deep": b'{"a":' * 40 + b"1" + b"}" * 40,
    "a raw NUL": b'{"email": "a\x00"}',
    "an escaped NUL": b'{"email": "a\\u0000"}',
    "an escaped NUL in a key": b'{"a\\u0000": 1}',
    "a lone surrogate": b'{"email": "\\ud800"}',
    "an encoded surrogate": b'{"email": "\xed\xa0\x80"}',
    "no UTF-8": b'{"email": "\xff"}',
    "UTF-16": '{"email": "a"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf[]",
}
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    2**31,
    2**63,
    2**64,
    -(2**63) - 1,
    "",
    " ",
    "\n",
    "x" * 900_000,
    "é" * 300_000,
    "\U0001f600" * 1000,
    "\x7f\x1b[0m",
    "0001-01-01T00:00:00+14:00",
    str(UNKNOWN),
    "' OR 1=1 --",
    "{0.__class__}",
    "%s%n",
    [],
    [None],
    [[]],
    ["x" * 900_000],
    list(range(30_000)),
    {},
    {"a": {"b": []}},
    {"text": "x" * 900_000},
    {"text": None},
    {"choice": 2**63},
)
PARAMETERS = (
    "",
    "%20",
    "x",
    "-1",
    "0",
    "1.5",
    str(2**63),
    "9" * 5_000,
    "x" * 20_000,
    "%ff%fe",
    "%ed%a0%80",
    "%f0%9f%98%80",
    "null",
    "0001-01-01T00:00:00%2B14:00",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "0705-07-13T08:55:41.3-16:45",
    "2020-01-01T00:00:00-23:59",
    "9999-12-31T23:59:59.999999Z",
    "2020-13-45T99:99:99Z",
    "2020-01-01",
    "2020-01-01T00:00:00",
    str(UNKNOWN),
    "a&{name}=b",
    "%2527%20OR%201=1",
    *(
        base64.b64encode(position).decode().replace("=", "%3D").replace("+", "%2B")
        for position in (
            b"",
            b"p=",
            b"p=x",
            b"p=%00",
            b"p=%ff",
            b"p=%ED%A0%80",
            b"p=0001-01-01T00:00:00%2B14:00",
            b"p=9999-12-31T23:59:59-14:00",
            b"p=2020-01-01T00:00:00",
            b"p=0705-07-13T08:55:41-16:45",
            b"p=2020-01-01T00:00:00-23:59",
            b"p=" + b"9" * 3_000,
            b"p=x&p=y&r=1&r=0",
            b"p=%27%3B",
            b"o=-1",
            b"o=999999999999999999999",
            b"r=1&o=1000&p=2020-01-01%2000:00:00%2B00:00",
            b"\xff\xfe",
        )
    ),
)
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
MEDIA_TYPES = (
    "text/plain",
    "text/html; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/xml",
    "application/problem+json",
    "nonsense",
    "application/json-seq",
    "*/*",
    "application/json/x",
)
NONSENSE = (
    "%00",
    "a%00b",
    "%ff",
    "%ed%a0%80",
    "%f0%9f%98%80",
    "x" * 10_000,
    "%2e%2e%2f",
    "%0d%0aX-Evil:1",
    "{0}",
    "%25s",
    "-1",
    "%20",
)
KEYS = ("", " ", "a b", "x" * 129, "é", "\x7f", "\t", "a\x80")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW")


def each(calls: tuple[Call, ...]) -> Any:
    return pytest.mark.parametrize("call", calls, ids=str)


WITH_BODY = tuple(call for call in API_CALLS if call.body)
WITH_PARAMETERS = tuple(call for call in API_CALLS if call.params)
WITH_ID = tuple(call for call in API_CALLS if "enrollment" in call.path)
WITH_PATH = tuple(call for call in API_CALLS if call.path)
WITH_KEY = tuple(
    call
    for call in API_CALLS
    if (call.route, call.method)
    in {("enrollments", "POST"), ("move-on", "POST"), ("lesson-completion", "POST")}
)


class TestTheSamples:
    def test_are_there_for_every_route(self) -> None:
        routes = set(named_routes()) - NOT_OURS - {"favicon.ico"}

        assert {call.route for call in CALLS} == routes

    @each(CALLS)
    def test_are_answered_as_they_say(self, call: Call, world: World) -> None:
        raw = json.dumps(world.body(call)).encode() if call.body else None

        response = world.send(call, raw)

        assert response.status_code == call.status, response.content


class TestABody:
    @each(WITH_BODY)
    def test_of_another_shape_is_refused(self, call: Call, world: World) -> None:
        headers = world.headers(call)
        before = stored()

        for name, raw in BODIES.items():
            response = world.send(call, raw, headers=headers)
            assert response.status_code < 500, (name, response.content)
            if call.method != "PATCH" or response.status_code != 200:
                assert_problem(response, 400)

        assert _without_sessions(stored()) == _without_sessions(before)

    @each(WITH_BODY)
    def test_with_a_field_of_another_type_is_never_an_error_of_ours(
        self, call: Call, world: World
    ) -> None:
        headers, whole = world.headers(call), world.body(call)

        for name in whole:
            for value in VALUES:
                raw = json.dumps({**whole, name: value}).encode()
                response = world.send(call, raw, headers=headers)
                assert response.status_code < 500, (name, str(value)[:50], response.content)
                if response.status_code >= 400:
                    assert_problem(response)

    @each(tuple(call for call in WITH_BODY if call.method != "PATCH"))
    def test_without_a_field_is_refused(self, call: Call, world: World) -> None:
        whole = world.body(call)

        codes = {
            name: world.send(call, json.dumps({k: whole[k] for k in whole if k != name}).encode())
            for name in whole
            if name not in {"interface_language", "duration_ms", "variables", "operationName"}
        }

        for response in codes.values():
            assert_problem(response, 400)

    @each(WITH_BODY)
    def test_that_is_too_large_is_refused(self, call: Call, world: World) -> None:
        raw = b'{"a": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
        before = stored()

        response = world.send(call, raw)

        assert assert_problem(response, 413) == "body_too_large"
        assert _without_sessions(stored()) == _without_sessions(before)

    @each(WITH_BODY)
    def test_of_another_type_is_refused(self, call: Call, world: World) -> None:
        raw = json.dumps(world.body(call)).encode()

        for kind in MEDIA_TYPES:
            response = world.send(call, raw, content_type=kind)

            assert assert_problem(response, 415) == "unsupported_media_type", kind

    @each(WITH_BODY)
    def test_may_name_its_charset(self, call: Call, world: World) -> None:
        raw = json.dumps(world.body(call)).encode()

        response = world.send(call, raw, content_type="Application/JSON; charset=utf-8")

        assert response.status_code == call.status


class TestAnAddress:
    @each(WITH_ID)
    @pytest.mark.parametrize("enrollment", [FOREIGN, UNKNOWN], ids=["foreign", "unknown"])
    def test_of_what_is_not_mine_is_not_found(
        self, enrollment: Any, call: Call, world: World
    ) -> None:
        before = stored()
        raw = json.dumps(world.body(call)).encode() if call.body else None

        response = world.send(call, raw, url=call.url(enrollment=enrollment))

        assert assert_problem(response, 404) == "enrollment_not_found"
        assert _without_sessions(stored()) == _without_sessions(before)

    @each(WITH_PATH)
    def test_of_nonsense_is_a_problem(self, call: Call, world: World) -> None:
        last = quote(str(list(call.path.values())[-1]))
        url = call.url()
        raw = json.dumps(world.body(call)).encode() if call.body else None

        for part in NONSENSE:
            spoilt = url.replace(last, part) if last in url else url
            response = world.send(call, raw, url=spoilt)

            if call.route == "event-log" and response.status_code == 200:
                assert response.json() == {"results": []}, part
            else:
                assert_problem(response, 404, 400)

    def test_that_is_nowhere_is_a_problem(self, world: World) -> None:
        for url in ("/api/v1/nowhere", "/api/v1/", "/api/", "/graphql/", "/api/v1/courses/"):
            assert assert_problem(world.client.get(url), 404) == "not_found"

    def test_of_another_host_is_a_problem(self, world: World) -> None:
        response = world.client.get("/api/v1/courses", headers={"Host": "evil.example"})

        assert assert_problem(response, 400) == "bad_request"


class TestAParameter:
    @each(WITH_PARAMETERS)
    def test_that_makes_no_sense_is_never_an_error_of_ours(self, call: Call, world: World) -> None:
        headers = world.headers(call)

        for name in call.params:
            for value in PARAMETERS:
                url = f"{call.url()}?{name}={value.replace('{name}', name)}"
                response = world.send(call, url=url, headers=headers)
                assert response.status_code < 500, (url[:200], response.content)
                if response.status_code != 200:
                    assert_problem(response, 400)

    @each(API_CALLS)
    def test_with_a_nul_is_refused(self, call: Call, world: World) -> None:
        for query in ("a=%00", "%00=a", "a=b%00c"):
            response = world.send(call, url=f"{call.url()}?{query}")

            assert assert_problem(response, 400) == "bad_request", query

    def test_that_is_no_level_is_pointed_at(self, world: World) -> None:
        response = world.client.get("/api/v1/courses?level=Z9")

        assert assert_problem(response, 400) == "invalid_request"
        assert response.json()["errors"][0]["pointer"] == "/level"

    @pytest.mark.parametrize("size", ["1000000", "101", "0", "-5", "x", "", "٣", "1" * 5000])
    def test_for_a_page_that_cannot_be_is_refused(self, size: str, world: World) -> None:
        response = world.client.get(f"/api/v1/courses?page_size={size}")

        assert assert_problem(response, 400) == "invalid_page_size"


class TestAMethod:
    @each(CALLS)
    def test_that_the_route_has_not_is_refused(self, call: Call, world: World) -> None:
        known = {other.method for other in CALLS if other.route == call.route}
        known |= {"HEAD"} if "GET" in known else set()
        before = stored()

        for method in METHODS:
            if method not in known:
                response = world.send(call, method=method)
                assert response.status_code == 405, (method, response.content)
                assert set(response["Allow"].split(", ")) == known
                if method != "HEAD":
                    assert assert_problem(response, 405) == "method_not_allowed"

        assert _without_sessions(stored()) == _without_sessions(before)

    @each(tuple(call for call in API_CALLS if call.method == "GET" and call.status == 200))
    def test_head_gives_no_body(self, call: Call, world: World) -> None:
        response = world.send(call, method="HEAD")

        assert (response.status_code, response.content) == (200, b"")


class TestAnAuthorization:
    @each(tuple(call for call in API_CALLS if call.roles is not None))
    def test_is_asked_for(self, call: Call, world: World) -> None:
        before = stored()

        response = world.client.generic(call.method, call.url())

        assert assert_problem(response, 401) == "not_authenticated"
        assert response["WWW-Authenticate"] == "Bearer"
        assert stored() == before

    @each(tuple(c for c in API_CALLS if c.roles is not None or c.route in {"courses", "graphql"}))
    def test_that_does_not_hold_is_refused(self, call: Call, world: World) -> None:
        raw = json.dumps(world.body(call)).encode() if call.body else None

        for value in AUTHORIZATIONS:
            response = world.send(call, raw, headers={"Authorization": value})

            code = assert_problem(response, 401)
            assert code in {"invalid_token", "not_authenticated"}, ascii(value[:40])
            assert response["WWW-Authenticate"] == "Bearer"


class TestAnIdempotencyKey:
    @each(WITH_KEY)
    @pytest.mark.parametrize("key", KEYS, ids=ascii)
    def test_of_another_shape_is_refused(self, key: str, call: Call, world: World) -> None:
        raw = json.dumps(world.body(call)).encode() if call.body else None
        headers = world.headers(call)
        before = stored()

        response = world.send(call, raw, headers={**headers, "Idempotency-Key": key})

        assert assert_problem(response, 400) == "malformed_idempotency_key"
        assert stored() == before

    @each(tuple(call for call in API_CALLS if call.method == "GET"))
    def test_says_nothing_to_who_only_reads(self, call: Call, world: World) -> None:
        response = world.send(call, headers={"Idempotency-Key": "x" * 500})

        assert response.status_code == call.status


def _without_sessions(counts: dict[str, int]) -> dict[str, int]:
    # Signing in to ask is the only thing that these requests may leave behind.
    return {label: count for label, count in counts.items() if label != "identity.Session"}
