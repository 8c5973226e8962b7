"""Limits on attempts to sign in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from rest_framework.exceptions import Throttled
from rest_framework.test import APIClient

from contexts.shared.http.throttling import AccountThrottle, AddressThrottle, Limit, limited
from contexts.shared.kernel import new_id
from tests.factories.identity import UserFactory
from tests.integration.http.checks import assert_problem
from tests.parallel import at_once

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


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
        monkeypatch.setitem(Limit.THROTTLE_RATES, "account_guesses", "2/hour")

        statuses = [
            _sign_in(APIClient(REMOTE_ADDR=f"192.0.2.{n}"), email=" Eva@example.org").status_code
            for n in range(10, 13)
        ]

        assert statuses == [401, 401, 429]

    def test_limits_mail_to_an_account(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(AccountThrottle.THROTTLE_RATES, "account_mail", "2/hour")
        url, client = "/api/v1/auth/password-reset/mail", APIClient(REMOTE_ADDR="192.0.2.14")

        statuses = [
            client.post(url, {"email": email}).status_code
            for email in ("fay@bücher.example", "Fay@xn--bcher-kva.example", "fay@BÜCHER.example")
        ]

        assert statuses == [202, 202, 429]

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

        (error,) = client.post("/graphql", {"query": query}).json()["errors"]

        assert error["extensions"] == {"code": "throttled", "status": 429}

    @override_settings(CACHES={"default": {"BACKEND": "tests.dead_cache.DeadCache"}})
    def test_lets_nobody_through_when_the_cache_is_down(self) -> None:
        user = UserFactory()

        refused = _sign_in(APIClient(), email=user.email)
        readable = APIClient().get("/api/v1/courses")

        assert assert_problem(refused, 503) == "limits_unavailable"
        assert refused["Retry-After"] == "6"
        assert readable.status_code == 200


class TestAWindow:
    def test_ends_when_its_time_is_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "guesses", "2/hour")
        whose = str(new_id())

        with time_machine.travel(NOON, tick=False) as clock:
            outcomes = [_take(whose) for _ in range(3)]
            clock.shift(timedelta(minutes=59, seconds=59))
            outcomes.append(_take(whose))
            clock.shift(timedelta(seconds=1))
            outcomes.append(_take(whose))

        assert outcomes == ["", "", "3600", "1", ""]

    def test_gets_a_try_back_that_does_not_count(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "guesses", "1/hour")
        whose = str(new_id())

        for _ in range(3):
            with limited(Limit("guesses", whose)) as give_back:
                give_back()

        assert _take(whose) == ""
        assert _take(whose) != ""

    def test_takes_no_try_of_another_limit_that_is_used_up(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "guesses", "1/hour")
        used, free = str(new_id()), str(new_id())
        _take(used)

        for _ in range(3):
            with pytest.raises(Throttled), limited(Limit("guesses", free), Limit("guesses", used)):
                pass

        assert _take(free) == ""

    def test_of_a_host_whose_clock_is_behind_is_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "guesses", "1/hour")
        whose = str(new_id())

        with time_machine.travel(NOON, tick=False) as clock:
            _take(whose)
            clock.shift(timedelta(seconds=-2))

            assert _take(whose) != ""


@pytest.mark.django_db(transaction=True)
class TestTriesAtTheSameMoment:
    @pytest.mark.parametrize("known", [False, True])
    def test_all_count(self, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "account_guesses", "6/hour")
        whose = str(new_id())
        if known:
            _take(whose, "account_guesses")

        outcomes = at_once(lambda _: _take(whose, "account_guesses"), times=12)

        assert outcomes.count("") == 6 - known


def _take(whose: str, scope: str = "guesses") -> str:
    """Count a try. Return the seconds to wait, or nothing if it was allowed."""
    try:
        Limit(scope, whose).take()
    except Throttled as refused:
        return str(refused.wait)
    return ""


def _sign_in(client: APIClient, *, email: str, **headers: str) -> Any:
    body = {"email": email, "password": "guess"}
    return client.post("/api/v1/auth/sign-in", body, headers=headers)
