"""A person's devices, password and address."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from rest_framework.exceptions import Throttled
from rest_framework.test import APIClient

from contexts.identity import api
from contexts.identity.models import AddressChange, Session, User
from contexts.shared.http.throttling import Limit
from contexts.shared.kernel import new_id, now
from contexts.shared.mailing.sending import send_due
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, TERMS, UserFactory, access_token
from tests.integration.identity.people import holds, sign_in

pytestmark = pytest.mark.django_db

NEW = "another good secret"


@pytest.fixture
def ana() -> User:
    user: User = UserFactory(email="ana@example.org")
    return user


def _session_of(token: str) -> Any:
    actor = api.authenticate(token)
    assert actor is not None
    return actor.session_id


def _client(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def _mailed() -> Any:
    send_due()
    return mail.outbox[-1]


def _request(user: User, email: str = "new@example.org") -> str:
    """The token in the mail to the new address."""
    api.request_address_change(
        user_id=user.pk, email=email, password=PASSWORD, session_id=None, now=now()
    )
    message = _mailed()
    assert message.to == [email]
    found = re.search(r"/account/address/(\S+)", message.body)
    assert found
    return found[1]


class TestDevices:
    def test_are_listed_with_the_present_one(self, ana: User) -> None:
        page, here = Client(), sign_in(ana)
        page.force_login(ana)
        sign_in(UserFactory())

        found = _client(here.access_token).get("/api/v1/me/sessions").json()["results"]

        assert {(one["kind"], one["current"]) for one in found} == {
            ("app", True),
            ("pages", False),
        }

    def test_can_be_signed_out_one_by_one(self, ana: User) -> None:
        here, there = sign_in(ana), sign_in(ana)
        url = f"/api/v1/me/sessions/{_session_of(there.access_token)}"

        first, again = (_client(here.access_token).delete(url) for _ in range(2))

        assert (first.status_code, again.status_code) == (204, 404)
        assert not holds(there.access_token)
        assert holds(here.access_token)

    def test_of_others_are_not_found(self, ana: User) -> None:
        here, other = sign_in(ana), sign_in(UserFactory())

        with pytest.raises(api.SessionNotFound):
            api.end_session(user_id=ana.pk, session_id=_session_of(other.access_token), now=now())

        assert holds(here.access_token)
        assert holds(other.access_token)

    def test_can_all_be_signed_out_but_this_one(self, ana: User) -> None:
        page, here, there = Client(), sign_in(ana), sign_in(ana)
        page.force_login(ana)
        query = {"query": "mutation { endOtherSessions }"}

        answer = _client(here.access_token).post("/graphql", query)

        assert answer.json() == {"data": {"endOtherSessions": True}}
        assert holds(here.access_token)
        assert not holds(there.access_token)
        assert page.get("/account/").status_code == 302


class TestChangingThePassword:
    def test_ends_other_sessions_and_tells_the_owner(self, ana: User) -> None:
        here, there = sign_in(ana), sign_in(ana)
        body = {"password": PASSWORD, "new_password": NEW}

        answer = _client(here.access_token).put("/api/v1/me/password", body)

        assert answer.status_code == 204
        assert holds(here.access_token)
        assert not holds(there.access_token)
        assert sign_in(ana, password=NEW)
        with pytest.raises(api.WrongCredentials):
            sign_in(ana)
        assert (_mailed().to, mail.outbox[-1].subject) == (
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
        thief = _client(access_token(ana))

        statuses = self._guess(thief, 6)

        assert statuses == [403] * 4 + [429] * 2
        assert self._guess(thief, 1, PASSWORD) == [429]

    def test_does_not_shut_out_the_owner_on_another_device(self, ana: User) -> None:
        self._guess(_client(access_token(ana)), 6)

        assert self._guess(_client(access_token(ana)), 1, PASSWORD) == [204]

    def test_closes_no_sign_in(self, ana: User) -> None:
        self._guess(_client(access_token(ana)), 6)

        assert sign_in(ana, address="127.0.0.1")

    def test_is_not_closed_by_guesses_at_a_sign_in(self, ana: User) -> None:
        for number in range(12):
            with pytest.raises((api.WrongCredentials, Throttled)):
                sign_in(ana, password=f"guess {number}", address="127.0.0.1")

        assert self._guess(_client(access_token(ana)), 1, PASSWORD) == [204]

    def test_on_a_page_counts_for_its_session(self, ana: User) -> None:
        page, other = Client(), Client()
        page.force_login(ana)
        other.force_login(ana)
        form = {"password": "a guess", "new_password": NEW}

        statuses = [page.post("/account/password", form).status_code for _ in range(6)]
        right = other.post("/account/password", {**form, "password": PASSWORD})

        assert statuses == [422] * 4 + [429] * 2
        assert right.status_code == 200


class TestChangingTheAddress:
    def test_waits_for_the_mail_to_the_new_one(self, ana: User) -> None:
        _request(ana)

        ana.refresh_from_db()
        assert ana.email == "ana@example.org"
        assert sign_in(ana)

    def test_ends_all_sessions_and_tells_the_old_one(self, ana: User) -> None:
        here, token = sign_in(ana), _request(ana)

        api.confirm_address(token=token, now=now())

        ana.refresh_from_db()
        assert (ana.email, ana.email_key) == ("new@example.org",) * 2
        assert not holds(here.access_token)
        assert (_mailed().to, mail.outbox[-1].subject) == (
            ["ana@example.org"],
            "Your address was changed",
        )
        assert sign_in(ana)

    def test_works_once_and_not_for_ever(self, ana: User) -> None:
        late = _request(ana)
        with time_machine.travel(now() + timedelta(hours=3)), pytest.raises(api.InvalidLink):
            api.confirm_address(token=late, now=now())
        token = _request(ana)
        with pytest.raises(api.InvalidLink):
            api.confirm_address(token=late, now=now())
        api.confirm_address(token=token, now=now())

        with pytest.raises(api.InvalidLink):
            api.confirm_address(token=token, now=now())

    def test_needs_the_password(self, ana: User) -> None:
        with pytest.raises(api.WrongPassword):
            api.request_address_change(
                user_id=ana.pk, email="new@example.org", password="x", session_id=None, now=now()
            )

        assert not AddressChange.objects.exists()

    def test_to_one_of_somebody_else_is_refused_in_the_end_alone(self, ana: User) -> None:
        UserFactory(email="Taken@example.org")
        token = _request(ana, "taken@example.org")

        with pytest.raises(api.AddressTaken):
            api.confirm_address(token=token, now=now())

        ana.refresh_from_db()
        assert ana.email == "ana@example.org"

    def test_takes_one_that_somebody_only_registered(self, ana: User) -> None:
        api.register(
            user_id=new_id(),
            email="new@example.org",
            password=NEW,
            interface_language="en",
            agreed_terms=TERMS,
            face="rest",
            now=now(),
        )

        api.confirm_address(token=_request(ana), now=now())

        assert User.objects.get(email_key="new@example.org") == ana

    @pytest.mark.parametrize("token", ["", "x", "a" * 190, "\ud800"])
    def test_refuses_what_nobody_mailed(self, token: str) -> None:
        with pytest.raises(api.InvalidLink):
            api.confirm_address(token=token, now=now())


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
        session = _session_of(there.access_token)

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
        found = re.search(r"(/account/address/\S+)", _mailed().body)
        assert found
        opened, confirmed = Client().get(found[1]), Client().post(found[1])
        used = Client().get(found[1])

        assert [one.status_code for one in (asked, opened, confirmed, used)] == [200, 200, 200, 422]
        assert User.objects.get().email == "new@example.org"
        assert browser.get("/account/").status_code == 302
        assert Session.objects.filter(ended_at=None).count() == 0


class TestALinkToANewAddress:
    def test_goes_only_to_the_address_that_it_confirms(self, deliver: Callable[[], int]) -> None:
        user = UserFactory()
        for email in ("first@example.org", "second@example.org"):
            api.request_address_change(
                user_id=user.pk, email=email, password=PASSWORD, session_id=None, now=now()
            )

        deliver()

        links = {message.to[0]: str(message.body) for message in mail.outbox}
        assert "/account/" not in links.get("first@example.org", "")
        assert "/account/" in links["second@example.org"]
