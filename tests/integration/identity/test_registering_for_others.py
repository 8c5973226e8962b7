"""Registering an address that another person owns."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core import mail

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import new_id, now
from tests.factories.identity import PASSWORD
from tests.integration.identity.people import Deliver, mailed_token, register, sign_in
from tests.parallel import at_once

OTHERS = "mallory knows this one"


@pytest.mark.django_db
class TestRegisteringAnAddressOfSomebodyElse:
    """Ana owns the mailbox. Mallory registers it, too, and hopes that Ana confirms it."""

    @pytest.fixture(autouse=True)
    def _with_a_cooldown_of_mails(self, settings: Any) -> None:
        settings.MAIL_COOLDOWN = timedelta(minutes=2)

    def test_before_its_owner_leaves_the_account_to_the_owner(self, deliver: Deliver) -> None:
        register("ana@example.org", password=OTHERS)
        deliver()
        register("Ana@example.org")
        deliver()

        api.verify_address(token=mailed_token(), now=now())

        ana = User.objects.get()
        assert sign_in(ana)
        with pytest.raises(api.WrongCredentials):
            sign_in(ana, password=OTHERS)

    def test_makes_the_older_links_useless(self, deliver: Deliver) -> None:
        register("ana@example.org", password=OTHERS)
        deliver()
        older = mailed_token()
        register("ana@example.org")

        with pytest.raises(api.InvalidLink):
            api.verify_address(token=older, now=now())

        assert User.objects.get().verified_at is None

    @pytest.mark.parametrize("times", [1, 2])
    def test_after_its_owner_gains_nothing_if_the_link_asks_for_the_password(
        self, times: int, deliver: Deliver
    ) -> None:
        register("ana@example.org")
        for _ in range(times):
            register("ana@example.org", password=OTHERS)
        deliver()
        token = mailed_token()

        assert api.link_asks_password(token=token)
        api.verify_address(token=token, password=PASSWORD, now=now())

        ana = User.objects.get()
        assert sign_in(ana)
        with pytest.raises(api.WrongCredentials):
            sign_in(ana, password=OTHERS)

    def test_between_its_owners_reset_and_the_mail_gains_nothing(self, deliver: Deliver) -> None:
        register("ana@example.org", password=OTHERS)
        api.request_password_reset(email="ana@example.org", now=now())
        deliver()
        token = mailed_token()
        register("ana@example.org", password=OTHERS)

        with pytest.raises(api.InvalidLink):
            api.reset_password(token=token, password=PASSWORD, now=now())

        assert User.objects.get().verified_at is None

    def test_after_its_owner_has_verified_it_changes_nothing(self, deliver: Deliver) -> None:
        register("ana@example.org")
        deliver()
        api.verify_address(token=mailed_token(), now=now())

        register("ana@example.org", password=OTHERS)

        assert sign_in(User.objects.get())

    def test_is_asked_of_nobody_who_registered_once(self, deliver: Deliver) -> None:
        register("ana@example.org")
        deliver()

        assert not api.link_asks_password(token=mailed_token())

    def test_opens_no_page_before_the_address_is_verified(self) -> None:
        register("ana@example.org", password=OTHERS)

        assert authenticate(username="ana@example.org", password=OTHERS) is None

    def test_before_the_operator_creates_the_account_gains_nothing(self) -> None:
        register("ana@example.org", password=OTHERS)

        api.create_person(
            user_id=new_id(),
            email="ana@example.org",
            password=PASSWORD,
            display_name="Ana",
            now=now(),
        )

        ana = User.objects.get()
        assert sign_in(ana)
        with pytest.raises(api.WrongCredentials):
            sign_in(ana, password=OTHERS)

    def test_again_and_again_does_not_fill_the_mailbox(self, deliver: Deliver) -> None:
        for number in range(25):
            register("ana@example.org", password=f"{OTHERS} {number}")
            deliver()

        assert len(mail.outbox) == 20


@pytest.mark.django_db(transaction=True)
class TestRegisteringWhileTheAddressIsVerified:
    def test_leaves_one_password_to_both(self, deliver: Deliver) -> None:
        for _ in range(5):
            User.objects.all().delete()
            register("ana@example.org")
            deliver()
            token = mailed_token()

            verified, _ = at_once(
                lambda number, token=token: (
                    register("ana@example.org", password=OTHERS)
                    if number
                    else api.verify_address(token=token, now=now())
                ),
                times=2,
            )

            ana = User.objects.get()
            if verified is None:
                assert sign_in(ana)
            else:
                assert isinstance(verified, api.InvalidLink)
                assert ana.verified_at is None
