"""Problems: the body of a refused request, and its request id."""

import json
from collections.abc import Callable

import pytest
from django.db import InterfaceError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from rest_framework.test import APIClient

from contexts.identity.models import User
from contexts.shared.kernel import Invalid
from tests.factories.identity import UserFactory
from tests.integration.http.checks import assert_problem

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]


class TestAProblem:
    def test_says_what_when_and_why(self) -> None:
        response = APIClient().get("/api/v1/courses/klingon", headers={"X-Request-ID": "abcd1234"})

        assert response.status_code == 404
        assert json.loads(response.content) == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "code": "course_not_found",
            "detail": "There is no course “klingon”.",
            "params": {"course": "klingon"},
            "request_id": "abcd1234",
        }

    def test_points_at_every_wrong_field(self, client_for: ClientFor) -> None:
        body = {"native": ["x" * 36], "studied": [{"language": "es", "level": "Z9"}]}

        response = client_for(UserFactory()).put("/api/v1/me/languages", body)

        assert assert_problem(response, 400) == "invalid_request"
        pointers = [(error["pointer"], error["code"]) for error in response.json()["errors"]]
        assert pointers == [("/native/0", "max_length"), ("/studied/0/level", "invalid_choice")]

    @pytest.mark.urls(__name__)
    def test_keeps_inside_what_broke(self) -> None:
        response = Client(raise_request_exception=False).get("/api/broken")

        assert response.status_code == 500
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "server_error"
        assert b"secret" not in response.content

    @pytest.mark.urls(__name__)
    @pytest.mark.parametrize("path", ["/api/away", "/away"])
    def test_of_a_database_that_is_away_says_when_to_come_back(self, path: str) -> None:
        response = Client(raise_request_exception=False).get(path)

        assert (response.status_code, response["Retry-After"]) == (503, "6")
        assert b"unavailable" in response.content or b"right now" in response.content
        assert b"secret" not in response.content

    def test_speaks_the_callers_language_where_it_can(self) -> None:
        response = APIClient().get("/api/v1/nowhere", headers={"Accept-Language": "es"})

        assert assert_problem(response, 404) == "not_found"

    def test_params_are_plain(self) -> None:
        from contexts.shared.http.problems import problem_of

        problem = problem_of(Invalid(names={"a"}, other=ValueError("x")))

        assert problem["params"] == {"names": ["a"], "other": "x"}


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret")


def away(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("secret: connection already closed")


urlpatterns = [path("api/broken", broken), path("api/away", away), path("away", away)]
handler500 = "contexts.shared.http.problems.server_error"


class TestARequestId:
    @pytest.mark.parametrize("sent", ["abcd1234", "A.b_c-" + "9" * 58])
    def test_is_the_callers(self, sent: str) -> None:
        response = APIClient().get("/healthz", headers={"X-Request-ID": sent})

        assert response["X-Request-ID"] == sent

    @pytest.mark.parametrize("sent", ["", "short", "x" * 65, "with space", "é" * 10, "a\r\nb: c"])
    def test_is_ours_when_the_callers_is_none(self, sent: str) -> None:
        response = Client().get("/healthz", headers={"X-Request-ID": sent})

        assert len(response["X-Request-ID"]) == 36
