"""A person's devices, password and address."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from rest_framework.exceptions import Throttled
from rest_framework.test import APIClient

from contexts.identity import api
from contexts.identity.models import Session, User
from contexts.shared.http.throttling import Limit
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, access_token
from tests.integration.identity.callers import client_with, mailed, session_of
from tests.integration.identity.people import holds, sign_in

pytestmark = pytest.mark.django_db


NEW = "another good secret"


class TestChangingThePassword:
    def test_ends_other_sessions_and_tells_the_owner(self, ana: User) -> None:
        here, there = sign_in(ana), sign_in(ana)
        body = {"password": PASSWORD, "new_password": NEW}

        answer = client_with(here.access_token).put("/api/v1/me/password", body)

        assert answer.status_code == 204
        assert holds(here.access_token)
        assert not holds(there.access_token)
        assert sign_in(ana, password=NEW)
        with pytest.raises(api.WrongCredentials):
            sign_in(ana)
        assert (mailed().to, mail.outbox[-1].subject) == (
            ["ana@example.org"],
            "Your password was changed",
        )

    @pytest.mark.parametrize(
        ("old", "new", "error"),
        [("a guess", NEW, api.WrongPassword), (PASSWORD, "password123", api.WeakPassword)],
    )
    def test_is_refused_and_changes_nothing(
        self, old: str, new: str, error: type[Exception], ana: User
    ) -> None:
        other = sign_in(ana)

        with pytest.raises(error):
            api.change_password(
                user_id=ana.pk,
                session_id=None,
                password=old,
                new_password=new,
                now=now(),
            )

        assert sign_in(ana)
        assert holds(other.access_token)
        assert not StoredEvent.objects.filter(name="identity.password_changed.v1").exists()


class TestGuessingThePresentPassword:
    @pytest.fixture(autouse=True)
    def _limits_as_shipped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for scope, rate in (("own_password", "4/day"), ("guesses", "10/min")):
            monkeypatch.setitem(Limit.THROTTLE_RATES, scope, rate)

    def _guess(self, client: APIClient, times: int, password: str = "a guess") -> list[int]:
        bodies = {
            "/api/v1/me/password": {"password": password, "new_password": NEW},
            "/api/v1/me/address": {"password": password, "email": "new@example.org"},
        }
        paths = list(bodies)
        return [client.put(paths[n % 2], bodies[paths[n % 2]]).status_code for n in range(times)]

    def test_ends_after_a_few_tries_at_either_operation(self, ana: User) -> None:
        thief = client_with(access_token(ana))

        statuses = self._guess(thief, 6)

        assert statuses == [403] * 4 + [429] * 2
        assert self._guess(thief, 1, PASSWORD) == [429]

    def test_does_not_shut_out_the_owner_on_another_device(self, ana: User) -> None:
        self._guess(client_with(access_token(ana)), 6)

        assert self._guess(client_with(access_token(ana)), 1, PASSWORD) == [204]

    def test_closes_no_sign_in(self, ana: User) -> None:
        self._guess(client_with(access_token(ana)), 6)

        assert sign_in(ana, address="127.0.0.1")

    def test_is_not_closed_by_guesses_at_a_sign_in(self, ana: User) -> None:
        for number in range(12):
            with pytest.raises((api.WrongCredentials, Throttled)):
                sign_in(ana, password=f"guess {number}", address="127.0.0.1")

        assert self._guess(client_with(access_token(ana)), 1, PASSWORD) == [204]

    def test_on_a_page_counts_for_its_session(self, ana: User) -> None:
        page, other = Client(), Client()
        page.force_login(ana)
        other.force_login(ana)
        form = {"password": "a guess", "new_password": NEW}

        statuses = [page.post("/account/password", form).status_code for _ in range(6)]
        right = other.post("/account/password", {**form, "password": PASSWORD})

        assert statuses == [422] * 4 + [429] * 2
        assert right.status_code == 200


class TestTheAccountPage:
    @pytest.fixture
    def browser(self, ana: User) -> Client:
        client = Client(headers={"user-agent": "Firefox"})
        client.post("/account/sign-in", {"username": ana.email, "password": PASSWORD})
        return client

    def test_shows_the_devices(self, browser: Client) -> None:
        page = browser.get("/account/").content.decode()

        assert "Firefox" in page
        assert "This device" in page

    def test_signs_another_device_out(self, ana: User, browser: Client) -> None:
        there = sign_in(ana)
        session = session_of(there.access_token)

        answer = browser.post(f"/account/sessions/{session}/end")

        assert (answer.status_code, answer["Location"]) == (302, "/account/")
        assert not holds(there.access_token)

    def test_changes_the_password_and_stays_signed_in(self, ana: User, browser: Client) -> None:
        other = sign_in(ana)

        wrong = browser.post("/account/password", {"password": "x", "new_password": NEW})
        done = browser.post("/account/password", {"password": PASSWORD, "new_password": NEW})

        assert (wrong.status_code, done.status_code) == (422, 200)
        assert not holds(other.access_token)
        assert browser.get("/account/").status_code == 200
        assert sign_in(ana, password=NEW)

    def test_changes_the_address_by_a_mailed_link(
        self, ana: User, browser: Client, deliver: Callable[[], int]
    ) -> None:
        form = {"email": "new@example.org", "password": PASSWORD}

        asked = browser.post("/account/new-address", form)
        found = re.search(r"(/account/address/\S+)", mailed().body)
        assert found
        opened, confirmed = Client().get(found[1]), Client().post(found[1])
        used = Client().get(found[1])

        assert [one.status_code for one in (asked, opened, confirmed, used)] == [200, 200, 200, 422]
        assert User.objects.get().email == "new@example.org"
        assert browser.get("/account/").status_code == 302
        assert Session.objects.filter(ended_at=None).count() == 0
