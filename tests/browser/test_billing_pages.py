"""The sandbox's payment page as a buyer sees it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from busuu.sandbox import models as vendor
from tests.browser.barriers import assert_accessible
from tests.factories.billing import GOOD_CARD, CustomerFactory, bought

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def checkout(live_server: Any, settings: Any) -> Any:
    settings.PUBLIC_URL = live_server.url
    customer: Any = CustomerFactory()
    return bought(customer.pk)


@pytest.fixture
def payment_page(checkout: Any, page: Page) -> Page:
    page.goto(checkout.url)
    return page


class TestThePaymentPage:
    def test_says_what_is_paid_and_takes_a_card(self, payment_page: Page) -> None:
        expect(payment_page.get_by_text("70.00 EUR").first).to_be_visible()

        _give(payment_page, GOOD_CARD)

        expect(payment_page.get_by_role("status")).to_contain_text("Paid")
        assert vendor.Session.objects.get().status == "paid"

    def test_has_no_serious_barrier(self, payment_page: Page) -> None:
        assert_accessible(payment_page)

    def test_is_followed_by_one_without_a_serious_barrier(
        self, payment_page: Page, checkout: Any, live_server: Any
    ) -> None:
        payment_page.goto(f"{live_server.url}/billing/checkouts/{checkout.pk}")

        expect(payment_page.get_by_role("status")).to_contain_text("No payment has arrived")
        assert_accessible(payment_page)


def _give(page: Page, card: str) -> None:
    page.get_by_label("Card").select_option(card.replace(" ", ""))
    page.get_by_role("button", name="Pay").click()
