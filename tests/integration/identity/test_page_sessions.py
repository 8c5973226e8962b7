"""Sessions of pages: rows like those of the API, which the cookie names."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from contexts.identity import api
from contexts.identity.models import Session, User
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

HOME = "/admin/"


@pytest.fixture
def person() -> User:
    user: User = UserFactory(is_staff=True)
    return user


def _sign_in(user: User, path: str = "/tutoring/sign-in") -> Client:
    client = Client(headers={"user-agent": "a browser"})
    client.post(path, {"username": user.email, "password": PASSWORD})
    return client


def _is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


class TestSigningInToAPage:
    @pytest.mark.parametrize("path", ["/tutoring/sign-in", "/admin/login/?next=/admin/"])
    def test_opens_a_session(self, path: str, person: User) -> None:
        client = _sign_in(person, path)

        session = Session.objects.get()
        assert _is_in(client)
        assert (session.user, session.kind, session.user_agent) == (person, "pages", "a browser")
        assert session.expires_at - session.created_at == timedelta(days=14)

    def test_gives_nobody_a_refresh_token(self, person: User) -> None:
        _sign_in(person)

        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=f"{Session.objects.get().pk}.", now=now())

        assert Session.objects.get().ended_at is None


class TestAPageSession:
    def test_ends_with_signing_out(self, person: User) -> None:
        client = _sign_in(person)
        stolen = Client()
        stolen.cookies["sessionid"] = client.cookies["sessionid"].value

        client.post("/tutoring/sign-out")

        assert Session.objects.get().ended_because == "signed_out"
        assert not _is_in(client)
        assert not _is_in(stolen)

    def test_ends_with_its_row(self, person: User) -> None:
        client, other = _sign_in(person), _sign_in(person)
        first = Session.objects.order_by("created_at", "pk")[0]

        api.sign_out(session_id=first.pk, now=now())

        assert not _is_in(client)
        assert _is_in(other)

    def test_ends_after_two_weeks(self, person: User) -> None:
        client = _sign_in(person)

        with time_machine.travel(now() + timedelta(days=14, seconds=1)):
            assert not _is_in(client)

    def test_ends_with_a_reset_of_the_password_and_with_the_account(
        self, person: User, deliver: Any
    ) -> None:
        from contexts.identity.adapters import tokens

        first = _sign_in(person)
        api.reset_password(
            token=tokens.reset_link_token(person), password="another good one", now=now()
        )
        assert not _is_in(first)

        second = Client()
        second.force_login(User.objects.get(pk=person.pk))
        assert _is_in(second)
        api.end_account(user_id=person.pk, now=now())

        assert not _is_in(second)

    @pytest.mark.parametrize("kept", [True, False])
    def test_outlives_a_new_key_if_the_old_one_is_kept(
        self, kept: bool, person: User, settings: Any
    ) -> None:
        client = _sign_in(person)

        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if kept else []
        settings.SECRET_KEY = "a new key of the deployment " + "y" * 40

        assert _is_in(client) is kept

    def test_of_an_earlier_release_asks_to_sign_in(self, person: User) -> None:
        client = _sign_in(person)
        session = client.session
        del session["identity_session"]
        session.save()

        assert client.get(HOME).status_code == 302

    def test_notes_at_most_once_an_hour_that_it_was_used(self, person: User) -> None:
        client = _sign_in(person)
        began = Session.objects.get().refreshed_at

        _is_in(client)
        early = Session.objects.get().refreshed_at
        with time_machine.travel(began + timedelta(hours=2)):
            _is_in(client)

        assert early == began
        assert Session.objects.get().refreshed_at >= began + timedelta(hours=2)
