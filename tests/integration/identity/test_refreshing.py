"""Refreshing a session's tokens."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from contexts.identity import api
from contexts.identity.models import Session
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory
from tests.integration.identity.people import holds, sign_in
from tests.parallel import at_once


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
