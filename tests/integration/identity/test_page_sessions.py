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
from tests.factories.tutoring import approved_tutor

pytestmark = pytest.mark.django_db

HOME = "/tutoring/"


@pytest.fixture
def tutor() -> User:
    user: User = UserFactory(roles=("tutor",), is_staff=True)
    approved_tutor(user.pk)
    return user


def _sign_in(user: User, path: str = "/tutoring/sign-in") -> Client:
    client = Client(headers={"user-agent": "a browser"})
    client.post(path, {"username": user.email, "password": PASSWORD})
    return client


def _is_in(client: Client) -> bool:
    return bool(client.get(HOME).status_code == 200)


class TestSigningInToAPage:
    @pytest.mark.parametrize("path", ["/tutoring/sign-in", "/admin/login/?next=/admin/"])
    def test_opens_a_session(self, path: str, tutor: User) -> None:
        client = _sign_in(tutor, path)

        session = Session.objects.get()
        assert _is_in(client)
        assert (session.user, session.kind, session.user_agent) == (tutor, "pages", "a browser")
        assert session.expires_at - session.created_at == timedelta(days=14)

    def test_gives_nobody_a_refresh_token(self, tutor: User) -> None:
        _sign_in(tutor)

        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=f"{Session.objects.get().pk}.", now=now())

        assert Session.objects.get().ended_at is None


class TestAPageSession:
    def test_ends_with_signing_out(self, tutor: User) -> None:
        client = _sign_in(tutor)
        stolen = Client()
        stolen.cookies["sessionid"] = client.cookies["sessionid"].value

        client.post("/tutoring/sign-out")

        assert Session.objects.get().ended_because == "signed_out"
        assert not _is_in(client)
        assert not _is_in(stolen)

    def test_ends_with_its_row(self, tutor: User) -> None:
        client, other = _sign_in(tutor), _sign_in(tutor)
        first = Session.objects.order_by("created_at", "pk")[0]

        api.sign_out(session_id=first.pk, now=now())

        assert not _is_in(client)
        assert _is_in(other)

    def test_ends_after_two_weeks(self, tutor: User) -> None:
        client = _sign_in(tutor)

        with time_machine.travel(now() + timedelta(days=14, seconds=1)):
            assert not _is_in(client)

    def test_ends_with_a_reset_of_the_password_and_with_the_account(
        self, tutor: User, deliver: Any
    ) -> None:
        from contexts.identity.adapters import tokens

        first = _sign_in(tutor)
        api.reset_password(
            token=tokens.reset_link_token(tutor), password="another good one", now=now()
        )
        assert not _is_in(first)

        second = Client()
        second.force_login(User.objects.get(pk=tutor.pk))
        assert _is_in(second)
        api.end_account(user_id=tutor.pk, now=now())

        assert not _is_in(second)

    def test_of_an_earlier_release_asks_to_sign_in(self, tutor: User) -> None:
        client = _sign_in(tutor)
        session = client.session
        del session["identity_session"]
        session.save()

        assert client.get(HOME).status_code == 302

    def test_notes_at_most_once_an_hour_that_it_was_used(self, tutor: User) -> None:
        client = _sign_in(tutor)
        began = Session.objects.get().refreshed_at

        _is_in(client)
        early = Session.objects.get().refreshed_at
        with time_machine.travel(began + timedelta(hours=2)):
            _is_in(client)

        assert early == began
        assert Session.objects.get().refreshed_at >= began + timedelta(hours=2)
