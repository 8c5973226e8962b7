"""The pages behind mailed links."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from contexts.identity import api
from contexts.identity.models import User
from contexts.shared.kernel import now
from contexts.shared.mailing.sending import send_due
from tests.factories.identity import UserFactory

pytestmark = pytest.mark.django_db

NEW = "another long password"


def _link(user: User, what: str) -> str:
    mailing = {"verify": api.mail_verification, "reset": api.mail_password_reset}
    mailing[what](user_id=user.pk, now=now())
    send_due()
    found = re.search(rf"(/account/{what}/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


class TestVerifying:
    def test_takes_the_button_not_the_link_alone(self) -> None:
        user = UserFactory(verified=False)
        link = _link(user, "verify")

        opened = Client().get(link)

        user.refresh_from_db()
        assert opened.status_code == 200
        assert user.verified_at is None

    def test_confirms_the_address_once(self) -> None:
        user = UserFactory(verified=False)
        link = _link(user, "verify")

        statuses = [Client().post(link).status_code for _ in range(2)]

        user.refresh_from_db()
        assert statuses == [200, 422]
        assert user.verified_at is not None

    def test_wants_our_own_form(self) -> None:
        user = UserFactory(verified=False)
        link = _link(user, "verify")

        refused = Client(enforce_csrf_checks=True).post(link)

        user.refresh_from_db()
        assert refused.status_code == 403
        assert user.verified_at is None


class TestResetting:
    def test_sets_the_password_once(self) -> None:
        user = UserFactory()
        link = _link(user, "reset")

        statuses = [Client().post(link, {"password": NEW}).status_code for _ in range(2)]

        user.refresh_from_db()
        assert statuses == [200, 422]
        assert user.check_password(NEW)

    def test_says_what_is_wrong_with_a_password(self) -> None:
        user = UserFactory()
        link = _link(user, "reset")

        refused = Client().post(link, {"password": "12345"})

        user.refresh_from_db()
        assert refused.status_code == 422
        assert b"too easy to guess" in refused.content
        assert not user.check_password("12345")

    def test_shows_a_form(self) -> None:
        shown = Client().get(_link(UserFactory(), "reset"))

        assert b'autocomplete="new-password"' in shown.content


class TestVerifyingAnAddressThatWasRegisteredAgain:
    def test_asks_for_the_password_and_takes_it(self) -> None:
        user = UserFactory(verified=False, registered_again=True)
        link = _link(user, "verify")

        opened, without = Client().get(link), Client().post(link)
        weak = Client().post(link, {"password": "12345"})
        done = Client().post(link, {"password": NEW})

        user.refresh_from_db()
        assert b'autocomplete="current-password"' in opened.content
        assert [without.status_code, weak.status_code, done.status_code] == [422, 422, 200]
        assert user.check_password(NEW)
        assert user.verified_at is not None


class TestMails:
    def test_of_one_kind_go_to_an_address_once_in_a_while(self, settings: Any) -> None:
        settings.MAIL_COOLDOWN = timedelta(minutes=2)
        user = UserFactory(verified=False)

        for _ in range(5):
            api.mail_verification(user_id=user.pk, now=now())
        api.mail_password_reset(user_id=user.pk, now=now())
        send_due()

        assert len(mail.outbox) == 2


class TestALinkThatWasUsed:
    @pytest.mark.parametrize("page", ["verify", "reset"])
    def test_says_so_when_it_is_opened(self, page: str) -> None:
        link = _link(UserFactory(verified=page == "reset"), page)
        Client().post(link, {"password": NEW})

        opened = Client().get(link)

        assert opened.status_code == 422
        assert b"invalid or has expired" in opened.content
        assert b"<form" not in opened.content


class TestALinkThatNobodyMailed:
    @pytest.mark.parametrize("page", ["verify", "reset"])
    @pytest.mark.parametrize(
        "token", ["x", "a" * 3_000, "niño🦉", f"{'0' * 8}-0000-7000-8000-{'0' * 12}.x", ".", "%00"]
    )
    def test_changes_nothing_and_is_said_politely(self, page: str, token: str) -> None:
        link = f"/account/{page}/{token}"

        opened = Client().get(link)
        used = Client().post(link, {"password": NEW})

        assert opened.status_code in {400, 422}
        assert b"<form" not in opened.content
        assert used.status_code in {400, 422}
        assert not User.objects.exists()
