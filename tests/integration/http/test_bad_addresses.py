"""Every bad address gets a problem with a code and stores nothing."""

import base64
from typing import Any
from urllib.parse import quote

import pytest

from tests.integration.http.checks import API_CALLS, assert_problem, each, parameters, stored
from tests.operations.ids import FOREIGN, UNKNOWN
from tests.operations.platform import list_events_about
from tests.operations.record import Operation
from tests.operations.world import World

pytestmark = pytest.mark.django_db

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
WITH_PARAMETERS = tuple(call for call in API_CALLS if parameters(call))
WITH_ID = tuple(call for call in API_CALLS if "enrollment" in call.path)
WITH_PATH = tuple(call for call in API_CALLS if call.path)


class TestAnAddress:
    @each(WITH_ID)
    @pytest.mark.parametrize("enrollment", [FOREIGN, UNKNOWN], ids=["foreign", "unknown"])
    def test_of_what_is_not_mine_is_not_found(
        self, enrollment: Any, call: Operation, world: World
    ) -> None:
        before = stored()
        raw = world.raw(call)

        response = world.send(call, raw, url=call.url(enrollment=enrollment))

        assert assert_problem(response, 404) == "enrollment_not_found"
        assert stored() == before

    @each(WITH_PATH)
    def test_of_nonsense_is_a_problem(self, call: Operation, world: World) -> None:
        last = quote(str(list(call.path.values())[-1]))
        url = call.url()
        raw = world.raw(call)

        for part in NONSENSE:
            spoilt = url.replace(last, part) if last in url else url
            response = world.send(call, raw, url=spoilt)

            if call is list_events_about and response.status_code == 200:
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
    def test_that_makes_no_sense_is_never_an_error_of_ours(
        self, call: Operation, world: World
    ) -> None:
        headers = world.headers(call)

        for name in parameters(call):
            for value in PARAMETERS:
                url = f"{call.url()}?{name}={value.replace('{name}', name)}"
                response = world.send(call, url=url, headers=headers)
                assert response.status_code < 500, (url[:200], response.content)
                if response.status_code != 200:
                    assert_problem(response, 400)

    @each(API_CALLS)
    def test_with_a_nul_is_refused(self, call: Operation, world: World) -> None:
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
