"""Ends of sessions: signed out, account closed, purged."""

from datetime import timedelta

import pytest

from contexts.identity import api, tasks
from contexts.identity.models import Session, User
from contexts.shared.kernel import now
from tests.factories.identity import SessionFactory, UserFactory
from tests.integration.identity.people import holds, sign_in


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
