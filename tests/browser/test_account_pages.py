"""The pages behind the links in our mails, with valid and invalid links."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from tests.browser.barriers import assert_accessible
from tests.factories.identity import UserFactory, reset_token, verification_token

User = get_user_model()

pytestmark = pytest.mark.django_db(transaction=True)
NEW_PASSWORD = "a quite different secret"


class TestTheStartPage:
    def test_has_no_serious_barrier(self, live_server: Any, page: Page) -> None:
        page.goto(live_server.url)

        assert_accessible(page)


class TestVerifying:
    def test_takes_one_button(self, live_server: Any, page: Page) -> None:
        user: User = UserFactory(verified=False)
        page.goto(f"{live_server.url}/account/verify/{verification_token(user)}")
        assert_accessible(page)

        page.get_by_role("button").click()

        expect(page.get_by_role("button")).to_have_count(0)
        assert_accessible(page)
        assert User.objects.get(pk=user.pk).verified_at is not None

    def test_says_that_a_link_is_too_old_or_wrong(
        self, live_server: Any, refused_page: Page
    ) -> None:
        refused_page.goto(f"{live_server.url}/account/verify/nothing")

        expect(refused_page.get_by_role("button")).to_have_count(0)
        expect(refused_page.get_by_role("alert")).to_be_visible()
        assert_accessible(refused_page)


class TestANewPassword:
    def test_is_chosen(self, live_server: Any, page: Page) -> None:
        user: User = UserFactory()
        page.goto(f"{live_server.url}/account/reset/{reset_token(user)}")
        assert_accessible(page)

        page.locator("input[type=password]").first.fill(NEW_PASSWORD)
        page.get_by_role("button").click()

        expect(page.locator("input[type=password]")).to_have_count(0)
        assert_accessible(page)
        assert User.objects.get(pk=user.pk).check_password(NEW_PASSWORD)

    def test_that_is_weak_is_refused_where_it_was_typed(
        self, live_server: Any, refused_page: Page
    ) -> None:
        user: User = UserFactory()
        refused_page.goto(f"{live_server.url}/account/reset/{reset_token(user)}")

        refused_page.locator("input[type=password]").first.fill("short")
        refused_page.get_by_role("button").click()

        expect(refused_page.get_by_role("alert")).to_be_visible()
        assert_accessible(refused_page)
        assert not User.objects.get(pk=user.pk).check_password("short")


class TestAPageThatIsNotThere:
    def test_has_no_serious_barrier(self, live_server: Any, refused_page: Page) -> None:
        refused_page.goto(f"{live_server.url}/no/such/page")

        expect(refused_page.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible(refused_page)
