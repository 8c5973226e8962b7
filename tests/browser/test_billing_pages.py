"""The sandbox's payment page as a buyer sees it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from busuu.sandbox import models as vendor
from contexts.billing import api
from contexts.shared.kernel import now
from tests.browser.barriers import assert_accessible
from tests.factories.billing import AMERICAN_CARD, GOOD_CARD, CustomerFactory, bought

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

        expect(payment_page.get_by_role("status")).to_contain_text("Nothing is charged until")
        assert vendor.Session.objects.get().status == "authorized"

    def test_has_no_serious_barrier(self, payment_page: Page) -> None:
        assert_accessible(payment_page)

    def test_is_followed_by_one_without_a_serious_barrier(
        self, payment_page: Page, checkout: Any, live_server: Any
    ) -> None:
        payment_page.goto(f"{live_server.url}/billing/checkouts/{checkout.pk}")

        expect(payment_page.get_by_role("status")).to_contain_text("No payment has arrived")
        assert_accessible(payment_page)


class TestTheNewPrice:
    @pytest.fixture
    def new_price(self, payment_page: Page, checkout: Any) -> Page:
        """The page to which a buyer returns after a card of another country."""
        _give(payment_page, AMERICAN_CARD)
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
        payment_page.get_by_role("link", name="Back to the shop").click()
        return payment_page

    def test_stands_beside_the_old_one(self, new_price: Page) -> None:
        cells = new_price.get_by_role("row", name="You pay").get_by_role("cell")

        expect(cells).to_have_text(["70.00 EUR", "75.00 USD"])

    def test_is_paid_on_the_page(self, new_price: Page, checkout: Any) -> None:
        new_price.get_by_role("button", name="Pay 75.00 USD").click()

        expect(new_price.get_by_role("status")).to_contain_text("Your payment is being made")
        api.refresh_checkout(checkout_id=checkout.pk, now=now())
        new_price.get_by_role("link", name="Check again").click()
        expect(new_price.get_by_role("status")).to_contain_text("Your purchase is paid")

    def test_can_be_turned_down(self, new_price: Page) -> None:
        new_price.get_by_role("button", name="Buy nothing").click()

        expect(new_price.get_by_role("status")).to_contain_text("Nothing was charged")
        assert vendor.Session.objects.get().status == "expired"

    def test_has_no_serious_barrier(self, new_price: Page) -> None:
        assert_accessible(new_price)

    def test_needs_no_sideways_scrolling_on_a_phone(self, new_price: Page) -> None:
        new_price.set_viewport_size({"width": 360, "height": 740})

        wide = new_price.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360


def _give(page: Page, card: str) -> None:
    page.get_by_label("Card", exact=True).select_option(card.replace(" ", ""))
    page.get_by_role("button", name="Pay").click()
