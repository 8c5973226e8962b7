"""What holds for every request: problems, keys, pages, limits, ids, probes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from rest_framework.test import APIClient

from busuu.celery import app
from contexts.courses.models import Enrollment
from contexts.identity.models import User
from contexts.shared.database.models import IdempotencyKey
from contexts.shared.http.throttling import AccountThrottle, AddressThrottle
from contexts.shared.kernel import Invalid
from contexts.shared.messaging.models import StoredEvent
from tests.factories.courses import CourseFactory, EnrollmentFactory, published_course
from tests.factories.identity import UserFactory
from tests.integration.http.world import assert_problem

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], APIClient]
ENROLL = "/api/v1/enrollments"


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
        pointers = [(told["pointer"], told["code"]) for told in response.json()["errors"]]
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

        told = problem_of(Invalid(names={"a"}, other=ValueError("x")))

        assert told["params"] == {"names": ["a"], "other": "x"}


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret")


def away(request: HttpRequest) -> HttpResponse:
    raise InterfaceError("secret: connection already closed")


urlpatterns = [path("api/broken", broken), path("api/away", away), path("away", away)]
handler500 = "contexts.shared.http.problems.server_error"


class TestARequestId:
    @pytest.mark.parametrize("given", ["abcd1234", "A.b_c-" + "9" * 58])
    def test_is_the_callers(self, given: str) -> None:
        response = APIClient().get("/healthz", headers={"X-Request-ID": given})

        assert response["X-Request-ID"] == given

    @pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space", "é" * 10, "a\r\nb: c"])
    def test_is_ours_when_the_callers_is_none(self, given: str) -> None:
        response = Client().get("/healthz", headers={"X-Request-ID": given})

        assert len(response["X-Request-ID"]) == 36


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


class TestPaging:
    def test_walks_through_every_row_once(self) -> None:
        keys = sorted(CourseFactory().key for _ in range(5))
        seen, url, pages = [], "/api/v1/courses?page_size=2", 0

        while url:
            page = APIClient().get(url).json()
            seen += [course["course"] for course in page["results"]]
            url, pages = page["next"], pages + 1

        assert (seen, pages) == (keys, 3)

    def test_walks_through_rows_of_one_instant(self, client_for: ClientFor) -> None:
        user = UserFactory()
        first = EnrollmentFactory(learner_id=user.pk)
        EnrollmentFactory.create_batch(4, learner_id=user.pk, enrolled_at=first.enrolled_at)
        client, seen, url = client_for(user), [], f"{ENROLL}?page_size=2"

        while url:
            page = client.get(url).json()
            seen += [enrollment["id"] for enrollment in page["results"]]
            url = page["next"]

        assert len(seen) == len(set(seen)) == 5

    def test_goes_back(self) -> None:
        CourseFactory.create_batch(4)
        first = APIClient().get("/api/v1/courses?page_size=2").json()
        second = APIClient().get(first["next"]).json()

        assert APIClient().get(second["previous"]).json()["results"] == first["results"]

    def test_refuses_a_cursor_that_is_not_ours(self) -> None:
        response = APIClient().get("/api/v1/courses?cursor=nonsense")

        assert assert_problem(response, 400) == "invalid_cursor"


class TestThrottling:
    BODY = {"email": "ana@example.org", "password": "guess"}

    def test_limits_an_address(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "credentials", "2/hour")
        client = APIClient(REMOTE_ADDR="192.0.2.8")

        answers = [_sign_in(client, email=f"ana{n}@example.org") for n in range(3)]

        assert [answer.status_code for answer in answers] == [401, 401, 429]
        assert assert_problem(answers[2], 429) == "throttled"
        assert 3_500 < int(answers[2]["Retry-After"]) <= 3_601

    def test_limits_an_account_wherever_it_is_tried_from(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(AccountThrottle.THROTTLE_RATES, "credentials", "2/hour")

        statuses = [
            _sign_in(APIClient(REMOTE_ADDR=f"192.0.2.{n}"), email=" Eva@example.org").status_code
            for n in range(10, 13)
        ]

        assert statuses == [401, 401, 429]

    def test_believes_no_forwarded_address_without_a_proxy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "credentials", "1/hour")
        client = APIClient(REMOTE_ADDR="192.0.2.9")
        _sign_in(client, email="one@example.org")

        again = _sign_in(client, email="two@example.org", **{"X-Forwarded-For": "198.51.100.1"})

        assert again.status_code == 429

    def test_counts_graphql_and_rest_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(AddressThrottle.THROTTLE_RATES, "credentials", "1/hour")
        client = APIClient(REMOTE_ADDR="192.0.2.20")
        _sign_in(client, email="six@example.org")
        query = 'mutation { signIn(email: "seven@example.org", password: "x") { tokenType } }'

        (told,) = client.post("/graphql", {"query": query}).json()["errors"]

        assert told["extensions"] == {"code": "throttled", "status": 429}

    @override_settings(CACHES={"default": {"BACKEND": "tests.dead_cache.DeadCache"}})
    def test_lets_nobody_through_when_the_cache_is_down(self) -> None:
        user = UserFactory()

        refused = _sign_in(APIClient(), email=user.email)
        readable = APIClient().get("/api/v1/courses")

        assert assert_problem(refused, 503) == "limits_unavailable"
        assert refused["Retry-After"] == "6"
        assert readable.status_code == 200


def _sign_in(client: APIClient, *, email: str, **headers: str) -> Any:
    body = {"email": email, "password": "guess"}
    return client.post("/api/v1/auth/sign-in", body, headers=headers)


class TestTheProbes:
    def test_say_that_the_process_answers(self) -> None:
        response = APIClient().get("/healthz")

        assert (response.status_code, response.content) == (200, b"ok")

    def test_say_that_the_process_can_work(self) -> None:
        response = APIClient().get("/readyz")

        assert response.status_code == 200
        assert response.json()["ready"] is True
        assert set(response.json()["checks"].values()) == {"ok"}

    def test_name_what_is_missing(self) -> None:
        app.conf.broker_write_url = "redis://127.0.0.1:1/0"

        response = APIClient().get("/readyz")

        app.conf.broker_write_url = None

        assert response.status_code == 503
        assert response.json()["checks"]["broker"] != "ok"

    def test_count_requests_by_route(self) -> None:
        APIClient().get("/api/v1/courses/klingon")

        shown = APIClient().get("/metrics").content.decode()

        assert (
            'busuu_http_requests_total{method="GET",route="api/v1/courses/<slug:course>",'
            'status="404"}'
        ) in shown
        assert "busuu_deliveries_open" in shown

    @pytest.mark.parametrize("sent", ["", "Bearer wrong", "Bearer "])
    def test_show_numbers_to_who_has_the_token(self, sent: str, settings: Any) -> None:
        settings.DEVELOPMENT = False
        settings.METRICS_TOKEN = "right"
        headers = {"Authorization": sent} if sent else {}

        refused = APIClient().get("/metrics", headers=headers)
        shown = APIClient().get("/metrics", headers={"Authorization": "Bearer right"})

        assert (refused.status_code, shown.status_code) == (403, 200)

    def test_show_nothing_where_there_is_no_token(self, settings: Any) -> None:
        settings.DEVELOPMENT = False
        settings.METRICS_TOKEN = ""

        assert APIClient().get("/metrics", headers={"Authorization": ""}).status_code == 403


class TestTheEventLog:
    URL = "/api/v1/events/01890000-0000-7000-8000-000000000001"

    def test_is_for_staff(self, client_for: ClientFor) -> None:
        assert client_for(UserFactory(roles=("support",))).get(self.URL).status_code == 200

    @pytest.mark.parametrize("roles", [(), ("learner",), ("tutor", "author", "finance")])
    def test_is_for_nobody_else(self, roles: tuple[str, ...], client_for: ClientFor) -> None:
        response = client_for(UserFactory(roles=roles)).get(self.URL)

        assert assert_problem(response, 403) == "permission_denied"
