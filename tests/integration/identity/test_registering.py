from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import address_key, new_id, now
from contexts.shared.messaging.models import Delivery, StoredEvent
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.people import CountingHasher, mailed_token, register, sign_in
from tests.parallel import at_once

Deliver = Callable[[], int]


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


class TestAnAddressKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Ana@Example.org", "ana@example.org"),
            (" ana@example.org ", "ana@example.org"),
            ("ｂｅａ@example.org", "bea@example.org"),
            ("strasse@example.org", "straße@example.org"),
            ("e\u0301va@example.org", "Éva@example.org"),
            ("ﬁn@example.org", "fin@example.org"),
            ("dup@bücher.example", "dup@xn--bcher-kva.example"),
            ("dup@Bücher.example", "dup@XN--BCHER-KVA.example"),
            ("dup@ｂücher.example", "dup@bücher.example"),
            ("ana@example。org", "ana@example.org"),
            ("ana@example.org.", "ana@example.org"),
            ("ana@exam\u00adple.org", "ana@example.org"),
            ("a@straße.example", "a@xn--strae-oqa.example"),
        ],
    )
    def test_is_the_same_for_spellings_of_one_address(self, one: str, other: str) -> None:
        assert address_key(one) == address_key(other)

    @pytest.mark.parametrize("other", ["aná@example.org", "ana@example.com", "an.a@example.org"])
    def test_is_another_for_another_address(self, other: str) -> None:
        assert address_key("ana@example.org") != address_key(other)

    @pytest.mark.parametrize(
        "label", ["xn--", "xn--zzzzzzz--", "xn--a-ö", "xn--abc-", "xn--99zt52a"]
    )
    def test_of_a_domain_that_only_looks_encoded_is_stored(self, label: str) -> None:
        assert address_key(f"ana@{label}.org").encode()

    @given(
        st.text()
        | st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1).map("a@xn--{}.org".format)
    )
    def test_of_a_key_is_the_key(self, text: str) -> None:
        assert address_key(address_key(text)) == address_key(text)


@pytest.mark.django_db
class TestTwoAddresses:
    def test_that_look_alike_are_two_accounts(self) -> None:
        for email in ("resume@example.org", "résumé@example.org"):
            UserFactory(email=email)

        assert User.objects.count() == 2
        assert sign_in(User.objects.get(email_key="résumé@example.org"))
