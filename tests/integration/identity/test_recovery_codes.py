"""Recovery codes, another phone, and the second factor on the page of an account."""

import pytest
from django.test import Client

from contexts.identity import api
from contexts.identity.models import StaffEnrollment
from contexts.shared.kernel import now
from tests.factories.identity import PASSWORD, UserFactory
from tests.integration.identity.authenticator import (
    NEW_PASSWORD,
    Phone,
    browser,
    code_of,
    member,
    scanned,
    shown_codes,
)
from tests.integration.identity.second_factors import ASK, USERS, entries, give_code, opens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


class TestARecoveryCode:
    def test_opens_the_admin_once(self) -> None:
        phone = Phone()
        first, second = browser(phone.user), browser(phone.user)

        give_code(first, phone.recovery_codes[4])
        again = give_code(second, phone.recovery_codes[4])

        assert (opens(first), again.status_code, opens(second)) == (True, 422, False)
        assert entries(phone.user) == [("done", "recovery_codes"), ("refused", "wrong_code")]

    def test_says_how_many_are_left(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        give_code(client, phone.recovery_codes[0])

        page = client.get(USERS).content.decode()
        assert "Recovery codes left: 9." in page
        assert "Make new ones" not in page

    def test_warns_when_few_are_left(self) -> None:
        phone = Phone()
        for code in phone.recovery_codes[:6]:
            give_code(browser(phone.user), code)
        client = browser(phone.user)

        give_code(client, phone.recovery_codes[9])

        page = client.get(USERS).content.decode()
        assert "Recovery codes left: 3. Make new ones on the page of your account." in page

    def test_is_counted_on_the_page_that_asks(self) -> None:
        phone = Phone()
        give_code(browser(phone.user), phone.recovery_codes[0])

        assert "Codes left: 9." in browser(phone.user).get(ASK).content.decode()


class TestNewRecoveryCodes:
    def test_replace_the_old_ones(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        page = client.post("/account/recovery-codes", {"code": phone.code()})

        fresh = shown_codes(page)
        assert len(fresh) == 10
        assert not set(fresh) & set(phone.recovery_codes)
        assert give_code(browser(phone.user), phone.recovery_codes[0]).status_code == 422
        assert give_code(browser(phone.user), fresh[0]).status_code == 302

    def test_ask_for_a_right_code(self) -> None:
        phone = Phone()

        page = browser(phone.user).post("/account/recovery-codes", {"code": "000000"})

        assert page.status_code == 422
        assert give_code(browser(phone.user), phone.recovery_codes[0]).status_code == 302

    def test_are_for_people_with_a_second_factor(self) -> None:
        user = UserFactory(is_staff=True)
        client = browser(user, password=PASSWORD)

        assert client.post("/account/recovery-codes", {"code": "000000"}).status_code == 422
        with pytest.raises(api.NoSecondFactor):
            api.renew_recovery_codes(user_id=user.pk, now=now())


class TestAnotherPhone:
    def test_is_set_up_for_a_code(self) -> None:
        phone = Phone()
        client = browser(phone.user)

        led = client.post("/account/another-phone", {"code": phone.code()})
        secret, sealed = scanned(client.get(led["Location"]))
        form = {"sealed": sealed, "password": NEW_PASSWORD, "code": code_of(secret, steps=-1)}
        client.post(led["Location"], form)

        assert give_code(browser(phone.user), phone.code(steps=1)).status_code == 422
        assert give_code(browser(phone.user), code_of(secret)).status_code == 302

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
