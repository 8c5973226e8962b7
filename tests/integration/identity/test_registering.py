"""Registering, alone and at once."""

import pytest
from django.core import mail

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.messaging.models import Delivery, StoredEvent
from tests.factories.identity import UserFactory
from tests.integration.identity.people import CountingHasher, Deliver, register, sign_in
from tests.parallel import at_once


def _told() -> list[str]:
    return list(StoredEvent.objects.order_by("id").values_list("name", flat=True))


@pytest.mark.django_db
class TestRegistering:
    def test_makes_an_account_that_waits_for_its_proof(self) -> None:
        user_id = register("Ana@Example.org")

        user = User.objects.get()
        assert (user.pk, user.email, user.email_key) == (
            user_id,
            "Ana@Example.org",
            "ana@example.org",
        )
        assert user.verified_at is None
        assert not user.groups.exists()
        assert _told() == ["identity.user_registered.v1"]

    def test_mails_the_link(self, deliver: Deliver) -> None:
        register("ana@example.org")

        deliver()

        [message] = mail.outbox
        assert message.to == ["ana@example.org"]
        assert "/account/verify/" in message.body

    def test_answers_strangers_and_owners_alike(self, hashes: CountingHasher) -> None:
        UserFactory(email="ana@example.org")
        hashes.reckoned.clear()

        register("ana@example.org")
        repeated = list(hashes.reckoned)
        hashes.reckoned.clear()
        register("bea@example.org")

        assert repeated == hashes.reckoned == ["encode"]
        assert User.objects.count() == 2

    def test_tells_the_owner_of_an_address_and_changes_nothing(self, deliver: Deliver) -> None:
        owner = UserFactory(email="ana@example.org")
        before = User.objects.values().get()

        register("ANA@example.org", password="another good one")
        deliver()

        assert User.objects.values().get() == before
        [message] = mail.outbox
        assert message.to == [owner.email]
        assert message.subject == "You already have an account"
        assert "/account/verify/" not in message.body

    def test_mails_the_link_again_where_the_proof_is_missing(self, deliver: Deliver) -> None:
        register("ana@example.org")
        deliver()

        register("ana@example.org")
        deliver()

        assert [message.subject for message in mail.outbox] == ["Confirm your address"] * 2

    def test_tells_nobody_of_an_account_that_has_ended(self) -> None:
        UserFactory(email="ana@example.org", is_active=False)

        register("ana@example.org")

        assert _told() == []
        assert User.objects.count() == 1

    @pytest.mark.parametrize(
        "password", ["short", "password123", "1234567890", "ana.gonzalez@example.org"]
    )
    def test_refuses_a_password_that_is_easily_guessed(self, password: str) -> None:
        with pytest.raises(api.WeakPassword):
            register("ana.gonzalez@example.org", password=password)

        assert User.objects.count() == 0
        assert _told() == []

    @pytest.mark.parametrize(
        "email",
        ["", "ana", "ana@", "ana@example", "a@" + "㍿㍿㍿." * 55 + "com", "a\x00@example.org"],
    )
    def test_refuses_what_is_no_address(self, email: str) -> None:
        with pytest.raises(api.InvalidAddress):
            register(email)

        assert User.objects.count() == 0


@pytest.mark.django_db(transaction=True)
class TestRegisteringAtOnce:
    def test_makes_one_account_and_fails_for_nobody(self, deliver: Deliver) -> None:
        spellings = ["ana@example.org", "Ana@Example.org", "ANA@EXAMPLE.ORG"]

        outcomes = at_once(lambda n: register(spellings[n % 3]), times=50)

        assert not [one for one in outcomes if isinstance(one, Exception)]
        user = User.objects.get()
        assert user.pk in outcomes
        assert sorted(_told()) == [
            *["identity.registration_repeated.v1"] * 49,
            "identity.user_registered.v1",
        ]
        deliver()
        assert {tuple(message.to) for message in mail.outbox} == {(user.email,)}
        assert Delivery.objects.count() == 0


@pytest.mark.django_db
class TestTwoAddresses:
    def test_that_look_alike_are_two_accounts(self) -> None:
        for email in ("resume@example.org", "résumé@example.org"):
            UserFactory(email=email)

        assert User.objects.count() == 2
        assert sign_in(User.objects.get(email_key="résumé@example.org"))
