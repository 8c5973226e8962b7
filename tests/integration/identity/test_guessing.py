"""Wrong passwords. Every door that takes one counts them alike."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.exceptions import Throttled
from rest_framework.test import APIClient

from contexts.identity import api
from contexts.identity.models import Session, User
from contexts.shared.http.throttling import Limit
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.people import sign_in

pytestmark = pytest.mark.django_db

ATTACKER, OWNER = "198.51.100.66", "192.0.2.10"
SHIPPED = {"guesses": "10/min", "known_device": "10/min", "account_guesses": "100/hour"}


@pytest.fixture(autouse=True)
def _limits_as_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    for scope, rate in SHIPPED.items():
        monkeypatch.setitem(Limit.THROTTLE_RATES, scope, rate)


@pytest.fixture
def owner() -> User:
    # A cache server keeps its counts between tests, so each test has another address.
    user: User = UserFactory()
    return user


def _guess(user: User, *, times: int, address: str = ATTACKER, email: str = "") -> list[str]:
    """The outcomes of wrong passwords."""
    outcomes = []
    for number in range(times):
        try:
            sign_in(user, password=f"guess {number}", address=address, email=email)
        except (api.WrongCredentials, Throttled) as refused:
            outcomes.append(type(refused).__name__)
    return outcomes


class TestGuessing:
    def test_ends_after_ten_tries_a_minute(self, owner: User) -> None:
        outcomes = _guess(owner, times=30)

        assert outcomes == ["WrongCredentials"] * 10 + ["Throttled"] * 20

    def test_does_not_lock_the_owner_out(self, owner: User) -> None:
        _guess(owner, times=150)

        assert sign_in(owner, address=OWNER)
        with pytest.raises(Throttled):
            sign_in(owner, address=ATTACKER)

    def test_beside_the_owner_does_not_close_a_device_that_signed_in_before(
        self, owner: User
    ) -> None:
        device = sign_in(owner, address=OWNER).device_token
        _guess(owner, times=30, address=OWNER)

        assert sign_in(owner, address=OWNER, device=device)
        with pytest.raises(Throttled):
            sign_in(owner, address=OWNER)

    def test_from_everywhere_leaves_known_devices_open(self, owner: User) -> None:
        device = sign_in(owner, address=OWNER).device_token
        for number in range(10):
            _guess(owner, times=10, address=f"203.0.113.{number}")

        assert _guess(owner, times=1, address="203.0.113.99") == ["Throttled"]
        assert sign_in(owner, address=OWNER, device=device)

    def test_on_a_known_device_has_a_limit_too(self, owner: User) -> None:
        device = sign_in(owner, address=OWNER).device_token

        for number in range(10):
            with pytest.raises(api.WrongCredentials):
                sign_in(owner, password=f"guess {number}", address=OWNER, device=device)

        with pytest.raises(Throttled):
            sign_in(owner, address=OWNER, device=device)

    @pytest.mark.parametrize("forge", ["x", "a" * 5_000, "{}:1:2", "\ud800"])
    def test_with_a_device_that_we_do_not_know_is_guessing(self, forge: str, owner: User) -> None:
        _guess(owner, times=10)

        with pytest.raises(Throttled):
            sign_in(owner, address=ATTACKER, device=forge)

    def test_with_the_device_of_somebody_else_is_guessing(self, owner: User) -> None:
        device = sign_in(UserFactory(), address=ATTACKER).device_token
        _guess(owner, times=10)

        with pytest.raises(Throttled):
            sign_in(owner, address=ATTACKER, device=device)

    def test_does_not_count_right_passwords(self, owner: User) -> None:
        for _ in range(15):
            sign_in(owner, address=OWNER)

        assert Session.objects.count() == 15

    def test_counts_spellings_of_an_address_as_one(self) -> None:
        user = UserFactory(email="dup@bücher.example")
        spellings = [
            "dup@xn--bcher-kva.example",
            "DUP@bücher.example.",
            "dup@ｂücher.example",
            "dup@bücher。example",
            " dup@b\u00adücher.example",
        ]

        outcomes = [_guess(user, times=2, email=one) for one in spellings]

        assert outcomes == [["WrongCredentials"] * 2] * 5
        assert _guess(user, times=1) == ["Throttled"]

    def test_leaves_the_mail_of_a_reset_alone(
        self, owner: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "account_mail", "10/hour")
        _guess(owner, times=30, address=OWNER)

        client = APIClient(REMOTE_ADDR=OWNER)
        answer = client.post("/api/v1/auth/password-reset/mail", {"email": owner.email})

        assert answer.status_code == 202


class TestAPersonOfOneHousehold:
    def test_keeps_the_device_known_to_the_others(self) -> None:
        ana, ben = UserFactory(), UserFactory()

        device = sign_in(ana).device_token
        device = sign_in(ben, device=device).device_token
        _guess(ana, times=10, address=OWNER)

        assert sign_in(ana, address=OWNER, device=device)


def _rest(client: Any, user: User, password: str) -> int:
    body = {"email": user.email, "password": password}
    status: int = client.post(
        "/api/v1/auth/sign-in", body, content_type="application/json"
    ).status_code
    return status


def _graphql(client: Any, user: User, password: str) -> int:
    query = f'mutation {{ signIn(email: "{user.email}", password: "{password}") {{ tokenType }} }}'
    body = client.post("/graphql", {"query": query}, content_type="application/json").json()
    return body["errors"][0]["extensions"]["status"] if "errors" in body else 200


def _page(path: str) -> Callable[[Any, User, str], int]:
    def post(client: Any, user: User, password: str) -> int:
        form = {"username": user.email, "password": password}
        status: int = client.post(path, form).status_code
        return status

    return post


DOORS = {
    "rest": _rest,
    "graphql": _graphql,
    "the admin": _page("/admin/login/?next=/admin/"),
    "the tutors' page": _page("/tutoring/sign-in"),
}


class TestEveryDoor:
    @pytest.mark.parametrize("door", DOORS)
    def test_is_closed_by_guesses_at_any_other(self, door: str) -> None:
        user = UserFactory(is_staff=True)
        client = Client(REMOTE_ADDR=ATTACKER)

        guesses = [DOORS[door](client, user, f"guess {n}") for n in range(12)]
        right = {name: enter(client, user, PASSWORD) for name, enter in DOORS.items()}

        wrong = 401 if door in {"rest", "graphql"} else 200
        assert guesses == [wrong] * 10 + [429] * 2
        assert set(right.values()) == {429}
        assert not Session.objects.exists()

    @pytest.mark.parametrize("door", DOORS)
    def test_lets_a_device_in_that_signed_in_on_a_page(self, door: str) -> None:
        user = UserFactory(is_staff=True)
        known, unknown = Client(REMOTE_ADDR=ATTACKER), Client(REMOTE_ADDR=ATTACKER)
        known.post("/admin/login/?next=/admin/", {"username": user.email, "password": PASSWORD})
        known.post("/admin/logout/")
        for n in range(12):
            _rest(unknown, user, f"guess {n}")

        assert DOORS[door](known, user, PASSWORD) in {200, 302}

    def test_says_when_to_try_again(self) -> None:
        user = UserFactory(is_staff=True)
        client = Client(REMOTE_ADDR=ATTACKER)
        form = {"username": user.email, "password": "guess"}

        answers = [client.post("/admin/login/?next=/admin/", form) for _ in range(11)]

        assert 0 < int(answers[-1]["Retry-After"]) <= 61
        assert b"throttled" in answers[-1].content


class TestADevice:
    def test_is_remembered_by_a_cookie_that_no_script_reads(self) -> None:
        user = UserFactory(is_staff=True)
        client = Client()

        client.post("/admin/login/?next=/admin/", {"username": user.email, "password": PASSWORD})

        cookie = client.cookies["device"]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        assert str(user.pk) not in cookie.value

    def test_has_a_token_that_the_api_takes(self) -> None:
        user = UserFactory()
        client = APIClient()
        body = {"email": user.email, "password": PASSWORD}
        first = client.post("/api/v1/auth/sign-in", body).json()["device_token"]

        second = client.post("/api/v1/auth/sign-in", {**body, "device_token": first})

        assert second.status_code == 200
        assert len(second.json()["device_token"]) <= 600
