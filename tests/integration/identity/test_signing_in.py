"""Signing in, alone and while the password is reset."""

import threading
from typing import Any

import pytest

from contexts.identity import api
from contexts.identity.models import Session, User
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.people import CountingHasher, sign_in
from tests.parallel import at_once


@pytest.mark.django_db
class TestSigningIn:
    def test_opens_a_session_on_this_device(self) -> None:
        user = UserFactory(email="Ana@example.org")

        pair = sign_in(user, email=" ANA@EXAMPLE.ORG")

        actor = api.authenticate(pair.access_token)
        session = Session.objects.get()
        assert actor is not None
        assert (actor.id, actor.roles, actor.session_id) == (user.pk, {"learner"}, session.pk)
        assert pair.refresh_token not in str(Session.objects.values().get())
        assert pair.expires_in == 900

    def test_refuses_a_wrong_password(self) -> None:
        user = UserFactory()

        with pytest.raises(api.WrongCredentials):
            sign_in(user, password=PASSWORD.upper())

        assert not Session.objects.exists()

    def test_refuses_a_stranger_in_the_same_words(self) -> None:
        user = UserFactory()

        with pytest.raises(api.WrongCredentials) as wrong:
            sign_in(user, password="wrong")
        with pytest.raises(api.WrongCredentials) as unknown:
            sign_in(user, email="nobody@example.org")

        assert str(wrong.value) == str(unknown.value)

    def test_costs_a_stranger_a_hash_too(self, hashes: CountingHasher) -> None:
        user = UserFactory()
        # The hash that strangers are measured against is reckoned once a process.
        with pytest.raises(api.WrongCredentials):
            sign_in(user, email="nobody@example.org")
        hashes.reckoned.clear()

        with pytest.raises(api.WrongCredentials):
            sign_in(user, password="wrong")
        known = list(hashes.reckoned)
        hashes.reckoned.clear()
        with pytest.raises(api.WrongCredentials):
            sign_in(user, email="nobody@example.org")

        assert hashes.reckoned == known == ["verify"]

    def test_waits_for_the_proof_of_the_address(self) -> None:
        user = UserFactory(verified=False)

        with pytest.raises(api.AddressNotVerified):
            sign_in(user)

        assert not Session.objects.exists()

    def test_tells_of_a_missing_proof_to_the_owner_alone(self) -> None:
        user = UserFactory(verified=False)

        with pytest.raises(api.WrongCredentials):
            sign_in(user, password="wrong")

        assert not Session.objects.exists()

    def test_is_over_for_an_account_that_has_ended(self) -> None:
        user = UserFactory()
        api.end_account(user_id=user.pk, now=now())

        with pytest.raises(api.WrongCredentials):
            sign_in(user)

        assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestSigningInWhileThePasswordIsReset:
    def test_leaves_no_session_of_the_old_password(self, settings: Any) -> None:
        user = UserFactory()
        settings.PASSWORD_HASHERS = [f"{__name__}.{SlowHasher.__name__}"]

        def sign_in_or_reset(number: int) -> None:
            if number == 0:
                sign_in(user)
            else:
                assert SlowHasher.hashing.wait(timeout=10)
                User.objects.filter(pk=user.pk).update(password="reset")
                SlowHasher.go_on.set()

        outcomes = at_once(sign_in_or_reset, times=2)

        assert [type(one) for one in outcomes] == [api.WrongCredentials, type(None)]
        assert not Session.objects.exists()


class SlowHasher(CountingHasher):
    """Lets somebody else change the account while it reckons."""

    hashing, go_on = threading.Event(), threading.Event()

    def verify(self, password: str, encoded: str) -> bool:
        right = super().verify(password, encoded)
        self.hashing.set()
        assert self.go_on.wait(timeout=10)
        return right
