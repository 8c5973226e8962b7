"""Every bad body gets a problem with a code and stores nothing."""

import json
from typing import Any

import pytest
from django.conf import settings

from tests.integration.http.checks import API_CALLS, assert_problem, each, stored
from tests.operations.ids import UNKNOWN
from tests.operations.record import Operation
from tests.operations.world import World

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
    ["x" * 90_000],
    list(range(3_000)),
    {},
    {"a": {"b": []}},
    {"text": "x" * 90_000},
    {"text": None},
    {"choice": 2**63},
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
WITH_BODY = tuple(call for call in API_CALLS if call.body)
# Fields that have a default. Registering without `agreed_terms` is refused by a rule.
OPTIONAL = {"interface_language", "duration_ms", "variables", "operationName"}
OPTIONAL_AT = {
    "/api/v1/auth/register": {"agreed_terms", "consents"},
    "/api/v1/me/agreements": {"language"},
    "/api/v1/tutoring/application/state": {"reason", "until"},
}


class TestABody:
    @each(WITH_BODY)
    def test_of_another_shape_is_refused(self, call: Operation, world: World) -> None:
        headers = world.headers(call)
        before = stored()

        for name, raw in BODIES.items():
            response = world.send(call, raw, headers=headers)
            assert response.status_code < 500, (name, response.content)
            if call.method != "PATCH" or response.status_code != 200:
                assert_problem(response, 400)

        assert stored() == before

    @each(WITH_BODY)
    def test_with_a_field_of_another_type_is_never_an_error_of_ours(
        self, call: Operation, world: World
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
    def test_without_a_field_is_refused(self, call: Operation, world: World) -> None:
        whole = world.body(call)

        codes = {
            name: world.send(call, json.dumps({k: whole[k] for k in whole if k != name}).encode())
            for name in whole
            if name not in OPTIONAL | OPTIONAL_AT.get(call.address, set())
        }

        for response in codes.values():
            assert_problem(response, 400)

    @each(WITH_BODY)
    def test_that_is_too_large_is_refused(self, call: Operation, world: World) -> None:
        raw = b'{"a": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
        before = stored()

        response = world.send(call, raw)

        assert assert_problem(response, 413) == "body_too_large"
        assert stored() == before

    @each(WITH_BODY)
    def test_of_another_type_is_refused(self, call: Operation, world: World) -> None:
        raw = world.raw(call)

        for kind in MEDIA_TYPES:
            response = world.send(call, raw, content_type=kind)

            assert assert_problem(response, 415) == "unsupported_media_type", kind

    @each(WITH_BODY)
    def test_may_name_its_charset(self, call: Operation, world: World) -> None:
        raw = world.raw(call)

        response = world.send(call, raw, content_type="Application/JSON; charset=utf-8")

        assert response.status_code == int(call.answer_to(call.caller)[:3])
