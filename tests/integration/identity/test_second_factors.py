"""The admin asks for a second factor, once a session."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from contexts.identity import api
from contexts.identity.models import Session
from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.authenticator import (
    Phone,
    browser,
    member,
    wrong,
)
from tests.integration.identity.second_factors import ASK, USERS, entries, give_code, opens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def _deployed(settings: Any) -> None:
    settings.DEVELOPMENT = False


def _addresses() -> set[str]:
    """Return the admin's addresses that need no id, but for signing in and out."""
    names = {pattern.name for pattern in _patterns(admin.site.urls[0])} - {None, "logout"}
    found = set()
    for name in names:
        with suppress(NoReverseMatch):
            found.add(reverse(f"admin:{name}"))
    return found - {"/admin/logout/"}


def _patterns(patterns: list[Any]) -> Iterator[Any]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


class TestTheAdmin:
    def test_asks_for_a_code_after_the_password(self) -> None:
        client = browser(Phone().user)

        asked = client.get(USERS + "?q=ana", follow=True)

        assert asked.request["PATH_INFO"] == ASK
        assert "authenticator app" in asked.content.decode()
        assert not opens(client)

    def test_opens_with_a_code_and_shows_the_page_that_was_asked_for(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        asked = client.get(USERS + "?q=ana", follow=True)

        form = {"code": phone.code(), "next": asked.context["next"]}
        answer = client.post(ASK, form)

        assert (answer.status_code, answer["Location"]) == (302, USERS + "?q=ana")
        assert opens(client)
        assert entries(phone.user) == [("done", "totp")]

    @pytest.mark.parametrize("spaced", ["{0} {1}", " {0}{1} ", "{0}-{1}"])
    def test_takes_a_code_as_apps_show_it(self, spaced: str) -> None:
        phone = Phone()
        client, code = browser(phone.user), phone.code()

        give_code(client, spaced.format(code[:3], code[3:]))

        assert opens(client)

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    def test_takes_the_code_of_a_clock_that_is_a_little_off(
        self, steps: int, noon: time_machine.Traveller
    ) -> None:
        phone = Phone()
        noon.shift(timedelta(minutes=5))
        client = browser(phone.user)

        give_code(client, phone.code(steps=steps))

        assert opens(client)

    @pytest.mark.parametrize("steps", [-2, 2, 20])
    def test_refuses_the_code_of_another_time(
        self, steps: int, noon: time_machine.Traveller
    ) -> None:
        phone = Phone()
        noon.shift(timedelta(minutes=5))
        client = browser(phone.user)

        assert give_code(client, phone.code(steps=steps)).status_code == 422
        assert not opens(client)

    @pytest.mark.parametrize("code", ["", "0", "abcdef", "１２３４５６", "\U0001f511", "9" * 40])
    def test_refuses_what_is_no_code(self, code: str) -> None:
        client = browser(Phone().user)

        page = give_code(client, code)

        assert page.status_code == 422
        assert not opens(client)

    def test_refuses_a_wrong_code_and_says_so(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        page = give_code(client, wrong(phone.code()))

        assert page.status_code == 422
        assert "This code is wrong or was used before" in page.content.decode()
        assert entries(phone.user) == [("refused", "wrong_code")]

    def test_refuses_the_code_of_somebody_else(self) -> None:
        client = browser(Phone().user)

        assert give_code(client, Phone().code()).status_code == 422

    def test_refuses_a_code_that_was_used(self) -> None:
        phone = Phone()
        code = phone.code()
        first, second = browser(phone.user), browser(phone.user)

        give_code(first, code)
        again = give_code(second, code)

        assert again.status_code == 422
        assert (opens(first), opens(second)) == (True, False)

    def test_refuses_an_older_code_than_the_last(self) -> None:
        phone = Phone()
        older = phone.code()
        give_code(browser(phone.user), phone.code(steps=1))

        assert give_code(browser(phone.user), older).status_code == 422

    def test_refuses_a_used_code_also_if_the_cache_forgets(self) -> None:
        phone = Phone()
        code = phone.code()
        give_code(browser(phone.user), code)

        cache.clear()

        assert give_code(browser(phone.user), code).status_code == 422

    def test_asks_each_session(self) -> None:
        phone = Phone()
        give_code(browser(phone.user), phone.code())

        assert not opens(browser(phone.user))

    @pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "foo", "account"])
    def test_leads_nowhere_else(self, page: str) -> None:
        phone = Phone()
        client = browser(phone.user)

        answer = give_code(client, phone.code(), page=page)

        assert answer["Location"] == "/admin/"

    def test_forgets_with_the_session(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        give_code(client, phone.code())
        Session.objects.filter(user=phone.user).update(ended_at=now())

        assert not opens(client)

    def test_shuts_when_the_role_is_revoked(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        give_code(client, phone.code())

        api.revoke_role(user_id=phone.user.pk, role="admin", now=now())

        assert not opens(client)

    def test_does_nothing_for_a_session_without_proof(self) -> None:
        other = UserFactory()
        client = browser(Phone().user)

        form = {"action": "end_accounts", "_selected_action": [str(other.pk)]}
        answer = client.post(USERS, form)

        other.refresh_from_db()
        log = AuditEntry.objects.using(alias_of("identity"))
        [entry] = log.filter(action="admin.identity.user.end_accounts")
        assert answer.status_code == 302
        assert other.is_active
        assert (entry.outcome, entry.subject) == ("refused", "identity.user")

    @pytest.mark.parametrize("address", sorted(_addresses()))
    def test_shows_no_page_to_a_session_without_proof(self, address: str) -> None:
        page = browser(Phone().user).get(address)

        assert page.status_code == 302
        assert page["Location"].startswith(("/admin/login/?next=", ASK, "/account/"))

    def test_gives_the_browser_another_session_cookie(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        before = client.cookies["sessionid"].value

        give_code(client, phone.code())

        assert client.cookies["sessionid"].value != before


@pytest.mark.usefixtures("_deployed")
class TestADeployment:
    def test_refuses_staff_without_a_second_factor_and_says_the_way_out(self) -> None:
        client = browser(member("support"), password=PASSWORD)

        page = client.get(USERS, follow=True)

        assert (page.request["PATH_INFO"], page.status_code) == (ASK, 403)
        assert "Ask an admin to send you an enrollment link" in page.content.decode()
        assert not opens(client)

    def test_takes_no_code_of_staff_without_a_second_factor(self) -> None:
        client = browser(member(), password=PASSWORD)

        assert give_code(client, "000000").status_code == 403
        assert not opens(client)

    def test_lets_enrolled_staff_in(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        give_code(client, phone.code())

        assert opens(client)


class TestDevelopment:
    def test_lets_staff_without_a_second_factor_in(self) -> None:
        assert opens(browser(member(), password=PASSWORD))

    def test_asks_staff_who_have_one(self) -> None:
        assert not opens(browser(Phone().user))
