"""Links that mails carry: verification and password reset."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from contexts.identity import api
from contexts.identity.models import Session, User
from contexts.shared.kernel import now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.people import (
    CountingHasher,
    Deliver,
    holds,
    mailed_token,
    register,
    sign_in,
)
from tests.parallel import at_once

NEW = "an entirely new secret"


def _reset_token(user: User, deliver: Deliver) -> str:
    api.request_password_reset(email=user.email, now=now())
    deliver()
    return mailed_token()


@pytest.fixture
def newcomer(deliver: Deliver) -> User:
    register("ana@example.org")
    deliver()
    return User.objects.get()


@pytest.mark.django_db
class TestVerifying:
    def test_opens_the_account(self, newcomer: User) -> None:
        at = now()

        api.verify_address(token=mailed_token(), now=at)

        newcomer.refresh_from_db()
        assert newcomer.verified_at == at
        assert list(newcomer.groups.values_list("name", flat=True)) == ["learner"]
        assert sign_in(newcomer).token_type == "Bearer"
        assert StoredEvent.objects.filter(name="identity.user_verified.v1").count() == 1

    def test_works_once(self, newcomer: User) -> None:
        token = mailed_token()
        api.verify_address(token=token, now=now())
        verified_at = User.objects.get().verified_at

        with pytest.raises(api.InvalidLink):
            api.verify_address(token=token, now=now() + timedelta(hours=1))

        assert User.objects.get().verified_at == verified_at

    def test_refuses_a_token_that_was_tampered_with(self, newcomer: User) -> None:
        token = mailed_token()
        forgeries = [
            token[:-1] + ("0" if token[-1] != "0" else "1"),
            f"{UserFactory(verified=False).pk}.{token.partition('.')[2]}",
            token.partition(".")[0],
            "",
            ".",
            "not-a-token",
            token + "\x00",
        ]

        for forgery in forgeries:
            with pytest.raises(api.InvalidLink):
                api.verify_address(token=forgery, now=now())

        assert not User.objects.exclude(verified_at=None).exists()

    def test_refuses_a_token_that_is_too_old(self, newcomer: User) -> None:
        token = mailed_token()

        with time_machine.travel(now() + timedelta(hours=3)), pytest.raises(api.InvalidLink):
            api.verify_address(token=token, now=now())

        assert User.objects.get().verified_at is None

    def test_refuses_the_token_of_a_reset(self, newcomer: User, deliver: Deliver) -> None:
        token = _reset_token(newcomer, deliver)

        with pytest.raises(api.InvalidLink):
            api.verify_address(token=token, now=now())

        assert User.objects.get().verified_at is None

    def test_can_be_asked_for_again(self, newcomer: User, deliver: Deliver) -> None:
        api.resend_verification(email="ANA@example.org", now=now())
        deliver()

        assert len(mail.outbox) == 2
        api.verify_address(token=mailed_token(), now=now())
        assert User.objects.get().verified_at is not None

    @pytest.mark.parametrize("facts", [{}, {"verified": False, "is_active": False}])
    def test_is_mailed_to_nobody_who_needs_none(
        self, facts: dict[str, bool], deliver: Deliver
    ) -> None:
        user = UserFactory(**facts)

        api.resend_verification(email=user.email, now=now())
        api.resend_verification(email="nobody@example.org", now=now())
        deliver()

        assert mail.outbox == []


@pytest.mark.django_db
class TestResetting:
    def test_sets_the_password_and_ends_every_session(self, deliver: Deliver) -> None:
        user = UserFactory()
        pairs = [sign_in(user), sign_in(user)]
        token = _reset_token(user, deliver)

        api.reset_password(token=token, password=NEW, now=now())

        assert sign_in(user, password=NEW)
        with pytest.raises(api.WrongCredentials):
            sign_in(user)
        assert [holds(pair.access_token) for pair in pairs] == [False, False]
        for pair in pairs:
            with pytest.raises(api.InvalidRefreshToken):
                api.refresh(refresh_token=pair.refresh_token, now=now())

    def test_works_once(self, deliver: Deliver) -> None:
        user = UserFactory()
        token = _reset_token(user, deliver)
        api.reset_password(token=token, password=NEW, now=now())

        with pytest.raises(api.InvalidLink):
            api.reset_password(token=token, password="yet another secret", now=now())

        assert sign_in(user, password=NEW)

    def test_proves_the_address_too(self, newcomer: User, deliver: Deliver) -> None:
        token = _reset_token(newcomer, deliver)

        api.reset_password(token=token, password=NEW, now=now())

        newcomer.refresh_from_db()
        assert newcomer.verified_at is not None
        assert list(newcomer.groups.values_list("name", flat=True)) == ["learner"]
        assert StoredEvent.objects.filter(name="identity.user_verified.v1").count() == 1

    def test_refuses_a_weak_password_and_keeps_the_link_good(self, deliver: Deliver) -> None:
        user = UserFactory()
        token = _reset_token(user, deliver)

        with pytest.raises(api.WeakPassword):
            api.reset_password(token=token, password="password123", now=now())

        assert sign_in(user, password=PASSWORD)
        api.reset_password(token=token, password=NEW, now=now())
        assert sign_in(user, password=NEW)

    def test_refuses_a_token_that_is_too_old_or_for_another_purpose(
        self, newcomer: User, deliver: Deliver
    ) -> None:
        verification = mailed_token()
        reset = _reset_token(newcomer, deliver)

        with pytest.raises(api.InvalidLink):
            api.reset_password(token=verification, password=NEW, now=now())
        with time_machine.travel(now() + timedelta(hours=3)), pytest.raises(api.InvalidLink):
            api.reset_password(token=reset, password=NEW, now=now())

        assert User.objects.get().password == newcomer.password

    def test_is_mailed_to_owners_alone(self, deliver: Deliver) -> None:
        ended = UserFactory(is_active=False)

        api.request_password_reset(email="nobody@example.org", now=now())
        api.request_password_reset(email=ended.email, now=now())
        deliver()

        assert mail.outbox == []


class MeetingHasher(CountingHasher):
    """Goes on only when eight hashes have been reckoned."""

    gate = threading.Barrier(8)

    def encode(self, password: str, salt: Any) -> str:
        reckoned = super().encode(password, salt)
        self.gate.wait(timeout=30)
        return reckoned


@pytest.mark.django_db(transaction=True)
class TestOneLinkUsedAtOnce:
    def test_resets_the_password_once(self, deliver: Deliver, settings: Any) -> None:
        user = UserFactory()
        token = _reset_token(user, deliver)
        settings.PASSWORD_HASHERS = [f"{__name__}.{MeetingHasher.__name__}"]

        def use(number: int) -> int:
            api.reset_password(token=token, password=f"{NEW} {number}", now=now())
            return number

        outcomes = at_once(use, times=8)

        [winner] = [one for one in outcomes if isinstance(one, int)]
        refused = [one for one in outcomes if isinstance(one, Exception)]
        assert {type(error) for error in refused} == {api.InvalidLink}
        assert sign_in(user, password=f"{NEW} {winner}")

    def test_verifies_once(self, newcomer: User) -> None:
        token = mailed_token()

        outcomes = at_once(lambda _: api.verify_address(token=token, now=now()), times=8)

        assert outcomes.count(None) == 1
        assert {type(error) for error in outcomes if error} == {api.InvalidLink}
        assert StoredEvent.objects.filter(name="identity.user_verified.v1").count() == 1
        assert Session.objects.count() == 0
