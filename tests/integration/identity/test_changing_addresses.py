"""A new address counts when its mail is opened, and the old one is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from contexts.identity import api
from contexts.identity.models import AddressChange, User
from contexts.shared.kernel import new_id, now
from tests.factories.identity import PASSWORD, TERMS, UserFactory
from tests.integration.identity.callers import mailed, request_change
from tests.integration.identity.people import holds, sign_in

pytestmark = pytest.mark.django_db


NEW = "another good secret"


class TestChangingTheAddress:
    def test_waits_for_the_mail_to_the_new_one(self, ana: User) -> None:
        request_change(ana)

        ana.refresh_from_db()
        assert ana.email == "ana@example.org"
        assert sign_in(ana)

    def test_ends_all_sessions_and_tells_the_old_one(self, ana: User) -> None:
        here, token = sign_in(ana), request_change(ana)

        api.confirm_address(token=token, now=now())

        ana.refresh_from_db()
        assert (ana.email, ana.email_key) == ("new@example.org",) * 2
        assert not holds(here.access_token)
        assert (mailed().to, mail.outbox[-1].subject) == (
            ["ana@example.org"],
            "Your address was changed",
        )
        assert sign_in(ana)

    def test_works_once_and_not_for_ever(self, ana: User) -> None:
        late = request_change(ana)
        with time_machine.travel(now() + timedelta(hours=3)), pytest.raises(api.InvalidLink):
            api.confirm_address(token=late, now=now())
        token = request_change(ana)
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
        token = request_change(ana, "taken@example.org")

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

        api.confirm_address(token=request_change(ana), now=now())

        assert User.objects.get(email_key="new@example.org") == ana

    @pytest.mark.parametrize("token", ["", "x", "a" * 190, "\ud800"])
    def test_refuses_what_nobody_mailed(self, token: str) -> None:
        with pytest.raises(api.InvalidLink):
            api.confirm_address(token=token, now=now())


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
