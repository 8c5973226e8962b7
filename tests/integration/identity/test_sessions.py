import hashlib
import threading
from datetime import timedelta
from typing import Any

import pytest

from contexts.identity import api, tasks
from contexts.identity.models import Session, User
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, SessionFactory, UserFactory
from tests.integration.identity.people import CountingHasher, holds, sign_in
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


@pytest.mark.django_db
class TestRefreshing:
    def test_gives_new_tokens_for_old(self) -> None:
        first = sign_in(UserFactory())

        second = api.refresh(refresh_token=first.refresh_token, now=now())
        third = api.refresh(refresh_token=second.refresh_token, now=now())

        tokens = {one.refresh_token for one in (first, second, third)}
        assert len(tokens) == 3
        assert holds(third.access_token)
        assert Session.objects.count() == 1

    def test_twice_with_one_token_gives_the_same_new_one(self) -> None:
        first = sign_in(UserFactory())

        second = api.refresh(refresh_token=first.refresh_token, now=now())
        again = api.refresh(refresh_token=first.refresh_token, now=now() + timedelta(seconds=29))

        assert again.refresh_token == second.refresh_token
        assert holds(second.access_token)
        assert holds(again.access_token)
        assert api.refresh(refresh_token=again.refresh_token, now=now())

    def test_with_an_older_token_ends_the_whole_family(self) -> None:
        first = sign_in(UserFactory())
        second = api.refresh(refresh_token=first.refresh_token, now=now())

        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=first.refresh_token, now=now() + timedelta(seconds=31))

        assert Session.objects.get().ended_because == "refresh_token_reused"
        assert not holds(second.access_token)
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=second.refresh_token, now=now())

    def test_with_the_token_before_the_last_ends_the_family_at_once(self) -> None:
        first = sign_in(UserFactory())
        second = api.refresh(refresh_token=first.refresh_token, now=now())
        api.refresh(refresh_token=second.refresh_token, now=now())

        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=first.refresh_token, now=now())

        assert Session.objects.get().ended_because == "refresh_token_reused"

    @pytest.mark.parametrize("end", ["anything", "", "a.b", "\ud800", "é" * 50])
    def test_with_a_token_that_was_never_issued_ends_nothing(self, end: str) -> None:
        pair = sign_in(UserFactory())
        session_id = Session.objects.get().pk

        for forged in (f"{session_id}.{end}", pair.refresh_token[:-1], pair.refresh_token + "0"):
            with pytest.raises(api.InvalidRefreshToken):
                api.refresh(refresh_token=forged, now=now())

        assert holds(pair.access_token)
        assert api.refresh(refresh_token=pair.refresh_token, now=now())

    def test_takes_a_token_of_an_earlier_release(self) -> None:
        pair = sign_in(UserFactory())
        session = Session.objects.get()
        old = f"{session.pk}.a-random-text"
        digest = hashlib.sha256(old.encode()).hexdigest()
        Session.objects.update(refresh_hash=digest)

        fresh = api.refresh(refresh_token=old, now=now())

        assert holds(fresh.access_token)
        assert holds(pair.access_token)
        assert api.refresh(refresh_token=fresh.refresh_token, now=now())

    def test_knows_its_tokens_after_a_rotation_of_the_keys(self, settings: Any) -> None:
        first = sign_in(UserFactory())
        second = api.refresh(refresh_token=first.refresh_token, now=now())
        settings.JWT_KEYS = ["a-new-key-" + "x" * 40, *settings.JWT_KEYS]

        third = api.refresh(refresh_token=second.refresh_token, now=now())
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=first.refresh_token, now=now())

        assert not holds(third.access_token)
        assert Session.objects.get().ended_because == "refresh_token_reused"

    def test_ends_half_a_year_after_the_sign_in_however_often_it_was_used(self) -> None:
        pair: api.TokenPair = sign_in(UserFactory())
        began = Session.objects.get().created_at
        for week in range(1, 26):
            at = began + timedelta(weeks=week)
            pair = api.refresh(refresh_token=pair.refresh_token, now=at)

        assert Session.objects.get().expires_at == began + timedelta(days=180)
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=pair.refresh_token, now=began + timedelta(days=180))

    def test_leaves_other_sessions_alone(self) -> None:
        user = UserFactory()
        stolen, other = sign_in(user), sign_in(user)
        api.refresh(refresh_token=stolen.refresh_token, now=now())

        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=stolen.refresh_token, now=now() + timedelta(minutes=5))

        assert holds(other.access_token)

    def test_is_over_when_the_session_has_expired(self) -> None:
        pair = sign_in(UserFactory())

        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=pair.refresh_token, now=now() + timedelta(days=31))

        assert Session.objects.get().ended_at is None

    @pytest.mark.parametrize("token", ["", ".", "x.y", "\ud800", "a" * 5_000])
    def test_refuses_what_is_no_token(self, token: str) -> None:
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=token, now=now())

    def test_gives_the_roles_of_now(self) -> None:
        user = UserFactory()
        pair = sign_in(user)
        api.grant_role(user_id=user.pk, role="tutor", now=now())

        fresh = api.refresh(refresh_token=pair.refresh_token, now=now())

        actor = api.authenticate(fresh.access_token)
        assert actor is not None
        assert actor.roles == {"learner", "tutor"}


@pytest.mark.django_db(transaction=True)
class TestRefreshingAtOnce:
    def test_gives_all_tabs_the_same_new_token(self) -> None:
        pair = sign_in(UserFactory())

        outcomes = at_once(
            lambda _: api.refresh(refresh_token=pair.refresh_token, now=now()), times=8
        )

        assert not [one for one in outcomes if isinstance(one, Exception)]
        assert len({one.refresh_token for one in outcomes if isinstance(one, api.TokenPair)}) == 1
        assert all(holds(one.access_token) for one in outcomes if isinstance(one, api.TokenPair))
        assert Session.objects.get().ended_at is None


@pytest.mark.django_db
class TestSigningOut:
    def test_refuses_the_tokens_at_once(self) -> None:
        user = UserFactory()
        here, there = sign_in(user), sign_in(user)
        actor = api.authenticate(here.access_token)
        assert actor is not None
        assert actor.session_id is not None

        api.sign_out(session_id=actor.session_id, now=now())

        assert not holds(here.access_token)
        assert holds(there.access_token)
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=here.refresh_token, now=now())

    def test_twice_keeps_the_first_end(self) -> None:
        session = SessionFactory()
        api.sign_out(session_id=session.pk, now=now())
        ended_at = Session.objects.get().ended_at

        api.sign_out(session_id=session.pk, now=now() + timedelta(hours=1))

        assert Session.objects.get().ended_at == ended_at


@pytest.mark.django_db
class TestEndingAnAccount:
    def test_refuses_its_tokens_at_once(self) -> None:
        user = UserFactory()
        pair = sign_in(user)

        api.end_account(user_id=user.pk, now=now())

        assert not holds(pair.access_token)
        with pytest.raises(api.InvalidRefreshToken):
            api.refresh(refresh_token=pair.refresh_token, now=now())

    def test_twice_changes_nothing(self) -> None:
        user = UserFactory()
        api.end_account(user_id=user.pk, now=now())
        before = User.objects.values().get()

        api.end_account(user_id=user.pk, now=now())

        assert User.objects.values().get() == before


@pytest.mark.django_db
class TestPurgingSessions:
    def test_forgets_those_that_were_over_a_month_ago(self) -> None:
        at = now()
        kept = [
            SessionFactory(),
            SessionFactory(ended_at=at - timedelta(days=29)),
            SessionFactory(expires_at=at - timedelta(days=29)),
        ]
        SessionFactory(ended_at=at - timedelta(days=31))
        SessionFactory(expires_at=at - timedelta(days=31))

        purged = api.purge_sessions(now=at)

        assert purged == 2
        assert set(Session.objects.all()) == set(kept)

    def test_is_a_periodic_task(self) -> None:
        SessionFactory(ended_at=now() - timedelta(days=31))

        tasks.purge(from_a_later_release=True)

        assert not Session.objects.exists()
