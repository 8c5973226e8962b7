"""The admin asks for a second factor, once a session."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from contexts.identity import api, queries
from contexts.identity.models import Session, StaffEnrollment, User
from contexts.shared.audit.models import AuditEntry
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.http.throttling import Limit
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, UserFactory, reset_token
from tests.integration.identity.authenticator import (
    NEW_PASSWORD,
    Phone,
    browser,
    code_of,
    member,
    scanned,
    shown_codes,
    wrong,
)
from tests.parallel import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

ASK, USERS = "/admin/second-factor/", "/admin/identity/user/"


@pytest.fixture
def _deployed(settings: Any) -> None:
    settings.DEVELOPMENT = False


def _answer(client: Client, code: str, *, page: str = USERS) -> Any:
    return client.post(ASK, {"code": code, "next": page})


def _opens(client: Client) -> bool:
    return bool(client.get(USERS).status_code == 200)


def _entries(user: User) -> list[tuple[str, str]]:
    log = AuditEntry.objects.using(alias_of("identity")).filter(action="second_factor")
    about = log.filter(subject=f"identity.user:{user.pk}").order_by("pk")
    return [(entry.outcome, entry.reason) for entry in about]


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
        assert not _opens(client)

    def test_opens_with_a_code_and_shows_the_page_that_was_asked_for(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        asked = client.get(USERS + "?q=ana", follow=True)

        form = {"code": phone.code(), "next": asked.context["next"]}
        answer = client.post(ASK, form)

        assert (answer.status_code, answer["Location"]) == (302, USERS + "?q=ana")
        assert _opens(client)
        assert _entries(phone.user) == [("done", "totp")]

    @pytest.mark.parametrize("spaced", ["{0} {1}", " {0}{1} ", "{0}-{1}"])
    def test_takes_a_code_as_apps_show_it(self, spaced: str) -> None:
        phone = Phone()
        client, code = browser(phone.user), phone.code()

        _answer(client, spaced.format(code[:3], code[3:]))

        assert _opens(client)

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    def test_takes_the_code_of_a_clock_that_is_a_little_off(
        self, steps: int, noon: time_machine.Traveller
    ) -> None:
        phone = Phone()
        noon.shift(timedelta(minutes=5))
        client = browser(phone.user)

        _answer(client, phone.code(steps=steps))

        assert _opens(client)

    @pytest.mark.parametrize("steps", [-2, 2, 20])
    def test_refuses_the_code_of_another_time(
        self, steps: int, noon: time_machine.Traveller
    ) -> None:
        phone = Phone()
        noon.shift(timedelta(minutes=5))
        client = browser(phone.user)

        assert _answer(client, phone.code(steps=steps)).status_code == 422
        assert not _opens(client)

    @pytest.mark.parametrize("code", ["", "0", "abcdef", "１２３４５６", "\U0001f511", "9" * 40])
    def test_refuses_what_is_no_code(self, code: str) -> None:
        client = browser(Phone().user)

        page = _answer(client, code)

        assert page.status_code == 422
        assert not _opens(client)

    def test_refuses_a_wrong_code_and_says_so(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        page = _answer(client, wrong(phone.code()))

        assert page.status_code == 422
        assert "This code is wrong or was used before" in page.content.decode()
        assert _entries(phone.user) == [("refused", "wrong_code")]

    def test_refuses_the_code_of_somebody_else(self) -> None:
        client = browser(Phone().user)

        assert _answer(client, Phone().code()).status_code == 422

    def test_refuses_a_code_that_was_used(self) -> None:
        phone = Phone()
        code = phone.code()
        first, second = browser(phone.user), browser(phone.user)

        _answer(first, code)
        again = _answer(second, code)

        assert again.status_code == 422
        assert (_opens(first), _opens(second)) == (True, False)

    def test_refuses_an_older_code_than_the_last(self) -> None:
        phone = Phone()
        older = phone.code()
        _answer(browser(phone.user), phone.code(steps=1))

        assert _answer(browser(phone.user), older).status_code == 422

    def test_refuses_a_used_code_also_if_the_cache_forgets(self) -> None:
        phone = Phone()
        code = phone.code()
        _answer(browser(phone.user), code)

        cache.clear()

        assert _answer(browser(phone.user), code).status_code == 422

    def test_asks_each_session(self) -> None:
        phone = Phone()
        _answer(browser(phone.user), phone.code())

        assert not _opens(browser(phone.user))

    @pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "foo", "account"])
    def test_leads_nowhere_else(self, page: str) -> None:
        phone = Phone()
        client = browser(phone.user)

        answer = _answer(client, phone.code(), page=page)

        assert answer["Location"] == "/admin/"

    def test_forgets_with_the_session(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        _answer(client, phone.code())
        Session.objects.filter(user=phone.user).update(ended_at=now())

        assert not _opens(client)

    def test_shuts_when_the_role_is_revoked(self) -> None:
        phone = Phone()
        client = browser(phone.user)
        _answer(client, phone.code())

        api.revoke_role(user_id=phone.user.pk, role="admin", now=now())

        assert not _opens(client)

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

        _answer(client, phone.code())

        assert client.cookies["sessionid"].value != before


@pytest.mark.usefixtures("_deployed")
class TestADeployment:
    def test_refuses_staff_without_a_second_factor_and_says_the_way_out(self) -> None:
        client = browser(member("support"), password=PASSWORD)

        page = client.get(USERS, follow=True)

        assert (page.request["PATH_INFO"], page.status_code) == (ASK, 403)
        assert "Ask an admin to send you an enrollment link" in page.content.decode()
        assert not _opens(client)

    def test_takes_no_code_of_staff_without_a_second_factor(self) -> None:
        client = browser(member(), password=PASSWORD)

        assert _answer(client, "000000").status_code == 403
        assert not _opens(client)

    def test_lets_enrolled_staff_in(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        _answer(client, phone.code())

        assert _opens(client)


class TestDevelopment:
    def test_lets_staff_without_a_second_factor_in(self) -> None:
        assert _opens(browser(member(), password=PASSWORD))

    def test_asks_staff_who_have_one(self) -> None:
        assert not _opens(browser(Phone().user))


class TestARecoveryCode:
    def test_opens_the_admin_once(self) -> None:
        phone = Phone()
        first, second = browser(phone.user), browser(phone.user)

        _answer(first, phone.recovery_codes[4])
        again = _answer(second, phone.recovery_codes[4])

        assert (_opens(first), again.status_code, _opens(second)) == (True, 422, False)
        assert _entries(phone.user) == [("done", "recovery_codes"), ("refused", "wrong_code")]

    def test_says_how_many_are_left(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        _answer(client, phone.recovery_codes[0])

        page = client.get(USERS).content.decode()
        assert "Recovery codes left: 9." in page
        assert "Make new ones" not in page

    def test_warns_when_few_are_left(self) -> None:
        phone = Phone()
        for code in phone.recovery_codes[:6]:
            _answer(browser(phone.user), code)
        client = browser(phone.user)

        _answer(client, phone.recovery_codes[9])

        page = client.get(USERS).content.decode()
        assert "Recovery codes left: 3. Make new ones on the page of your account." in page

    def test_is_counted_on_the_page_that_asks(self) -> None:
        phone = Phone()
        _answer(browser(phone.user), phone.recovery_codes[0])

        assert "Codes left: 9." in browser(phone.user).get(ASK).content.decode()


class TestNewRecoveryCodes:
    def test_replace_the_old_ones(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        page = client.post("/account/recovery-codes", {"code": phone.code()})

        fresh = shown_codes(page)
        assert len(fresh) == 10
        assert not set(fresh) & set(phone.recovery_codes)
        assert _answer(browser(phone.user), phone.recovery_codes[0]).status_code == 422
        assert _answer(browser(phone.user), fresh[0]).status_code == 302

    def test_ask_for_a_right_code(self) -> None:
        phone = Phone()

        page = browser(phone.user).post("/account/recovery-codes", {"code": "000000"})

        assert page.status_code == 422
        assert _answer(browser(phone.user), phone.recovery_codes[0]).status_code == 302

    def test_are_for_people_with_a_second_factor(self) -> None:
        client = browser(UserFactory(is_staff=True), password=PASSWORD)

        assert client.post("/account/recovery-codes", {"code": "000000"}).status_code == 422


class TestAnotherPhone:
    def test_is_set_up_for_a_code(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        led = client.post("/account/another-phone", {"code": phone.code()})
        secret, sealed = scanned(client.get(led["Location"]))
        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret, steps=-1)}
        client.post(led["Location"], form)

        assert _answer(browser(phone.user), phone.code(steps=1)).status_code == 422
        assert _answer(browser(phone.user), code_of(secret)).status_code == 302

    def test_is_refused_without_one(self) -> None:
        phone = Phone()

        page = browser(phone.user).post("/account/another-phone", {"code": "000000"})

        assert page.status_code == 422
        assert not StaffEnrollment.objects.filter(used_at=None).exists()


class TestTheAccountPage:
    def test_says_since_when_and_how_many_codes(self) -> None:
        phone = Phone()

        page = browser(phone.user).get("/account/").content.decode()

        assert "Recovery codes left: 10." in page
        assert phone.secret not in page

    def test_tells_staff_without_a_second_factor_the_way(self) -> None:
        page = browser(member(), password=PASSWORD).get("/account/").content.decode()

        assert "Ask an admin for an enrollment link" in page

    def test_says_nothing_to_learners(self) -> None:
        client = Client()
        client.force_login(UserFactory())

        assert "Second factor" not in client.get("/account/").content.decode()


class TestGuessing:
    @pytest.fixture(autouse=True)
    def _limits_as_shipped(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(Limit.THROTTLE_RATES, "code_guesses", "20/hour")
        monkeypatch.setitem(Limit.THROTTLE_RATES, "known_device", "10/min")

    def test_ends_as_with_passwords(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        guesses = [_answer(client, wrong(phone.code())).status_code for _ in range(12)]
        right = _answer(client, phone.code())

        assert guesses == [422] * 10 + [429] * 2
        assert right.status_code == 429
        assert int(right["Retry-After"]) > 0
        assert not _opens(client)

    def test_from_many_devices_ends_as_well(self) -> None:
        phone = Phone()

        guesses = [_answer(browser(phone.user), wrong(phone.code())).status_code for _ in range(24)]

        assert guesses == [422] * 20 + [429] * 4

    def test_does_not_count_right_codes(self, noon: time_machine.Traveller) -> None:
        phone = Phone()
        for _ in range(25):
            noon.shift(timedelta(seconds=30))
            assert _answer(browser(phone.user), phone.code()).status_code == 302


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    @pytest.mark.parametrize("kind", ["of the app", "for recovery"])
    def test_a_code_works_once(self, kind: str) -> None:
        phone = Phone()
        code = phone.code() if kind == "of the app" else phone.recovery_codes[7]
        clients = [browser(phone.user) for _ in range(4)]

        answers = at_once(lambda n: _answer(clients[n], code), times=4)

        assert sorted(page.status_code for page in answers) == [302, 422, 422, 422]  # type: ignore[union-attr]
        assert sum(_opens(client) for client in clients) == 1

    def test_different_recovery_codes_all_count(self) -> None:
        phone = Phone()
        clients = [browser(phone.user) for _ in range(4)]

        at_once(lambda n: _answer(clients[n], phone.recovery_codes[n]), times=4)

        factor = queries.second_factor(phone.user.pk)
        assert factor is not None
        assert factor.recovery_codes_left == 6
        assert all(_opens(client) for client in clients)


class TestAPasswordReset:
    def test_does_not_take_the_second_factor(self) -> None:
        phone = Phone()
        token = reset_token(User.objects.get(pk=phone.user.pk))

        api.reset_password(token=token, password=PASSWORD, now=now())

        client = browser(phone.user, password=PASSWORD)
        assert not _opens(client)
        _answer(client, phone.code())
        assert _opens(client)
