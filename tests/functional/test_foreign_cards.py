"""Checkouts over HTTP whose card or address names another country."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from contexts.billing import api
from tests.factories.billing import (
    AMERICAN_CARD,
    SPANISH_CARD,
)
from tests.factories.identity import UserFactory
from tests.functional.buyers import Buyer, User

pytestmark = pytest.mark.django_db

CONFIRM = """mutation ($id: UUID!, $quote: Int!) {
  confirmCheckout(id: $id, quote: $quote) { status country amount currency quote { number } } }"""
CHECKOUT = """query ($id: UUID!) { checkout(id: $id) { status refusal quote {
  number reason expiresAt
  old { country price amount tax currency } new { country price amount tax currency } } } }"""


class TestACardOfAnotherCountry:
    @pytest.fixture
    def checkout(self, buyer: Buyer, deliver: Callable[[], int]) -> Any:
        checkout = buyer.buy("lessons-5")
        assert buyer.pay(checkout["url"], AMERICAN_CARD) == 200
        buyer.deliver_all(checkout["url"], deliver)
        return checkout

    def test_is_requoted_alike_over_rest_and_graphql(self, buyer: Buyer, checkout: Any) -> None:
        rest = buyer.get(f"checkouts/{checkout['id']}")
        graphql = buyer.ask(CHECKOUT, id=checkout["id"])["data"]["checkout"]

        assert (rest["status"], rest["amount"], rest["currency"]) == ("requoted", 7000, "EUR")
        assert rest["quote"]["old"] == {
            "country": "ES",
            "price": 7000,
            "amount": 7000,
            "tax": 1215,
            "currency": "EUR",
        }
        assert rest["quote"]["new"] == {
            "country": "US",
            "price": 7500,
            "amount": 7500,
            "tax": 0,
            "currency": "USD",
        }
        assert graphql["status"] == "requoted"
        assert (graphql["quote"]["old"], graphql["quote"]["new"]) == (
            rest["quote"]["old"],
            rest["quote"]["new"],
        )
        assert buyer.get("wallet")["bookable"] == 0
        assert buyer.get("invoices")["results"] == []

    def test_is_charged_after_a_confirmation_over_rest(
        self, buyer: Buyer, checkout: Any, deliver: Callable[[], int]
    ) -> None:
        path = f"/api/v1/billing/checkouts/{checkout['id']}/confirmation"

        wrong = buyer.api.post(path, {"quote": 3}, headers={"Idempotency-Key": "a"})
        answers = [
            buyer.api.post(path, {"quote": 2}, headers={"Idempotency-Key": key}) for key in "bbc"
        ]
        deliver()

        assert (wrong.status_code, wrong.json()["code"]) == (409, "quote_changed")
        assert [one.status_code for one in answers] == [200] * 3
        assert (answers[0].json()["status"], answers[0].json()["country"]) == ("agreed", "US")
        assert buyer.get(f"checkouts/{checkout['id']}")["status"] == "fulfilled"
        assert buyer.get("wallet")["bookable"] == 5
        [invoice] = buyer.get("invoices")["results"]
        assert (invoice["gross"], invoice["tax"], invoice["currency"]) == (7500, 0, "USD")
        assert api.check_ledger() == []

    def test_is_charged_after_a_confirmation_over_graphql(
        self, buyer: Buyer, checkout: Any
    ) -> None:
        done = buyer.ask(CONFIRM, id=checkout["id"], quote=2)["data"]["confirmCheckout"]

        assert (done["status"], done["amount"], done["quote"]) == ("agreed", 7500, None)

    def test_is_confirmed_on_the_page_to_which_buyers_return(
        self, buyer: Buyer, checkout: Any, deliver: Callable[[], int]
    ) -> None:
        page = f"/billing/checkouts/{checkout['id']}"
        shown = buyer.browser.get(page, headers={"Accept-Language": "es"}).content.decode()

        forged = Client(enforce_csrf_checks=True).post(f"{page}/confirmation", {"quote": "2"})
        wrong = buyer.send(page, f"{page}/confirmation", quote="x")
        done = buyer.send(page, f"{page}/confirmation", quote="2")
        waiting = buyer.browser.get(page).content.decode()
        deliver()

        assert "70,00 EUR" in shown
        assert "75,00 USD" in shown
        assert "Estados Unidos" in shown
        assert (wrong.status_code, forged.status_code) == (409, 403)
        assert (done.status_code, done["Location"]) == (302, page)
        assert "Your payment is being made." in waiting
        assert "Your purchase is paid." in buyer.browser.get(page).content.decode()

    def test_is_released_on_that_page(self, buyer: Buyer, checkout: Any) -> None:
        page = f"/billing/checkouts/{checkout['id']}"

        done = buyer.send(page, f"{page}/abandonment")

        assert done.status_code == 302
        assert buyer.get(f"checkouts/{checkout['id']}")["status"] == "expired"
        assert buyer.get("wallet")["bookable"] == 0

    def test_is_nobody_elses_to_confirm(
        self, buyer: Buyer, checkout: Any, client_for: Callable[[User], APIClient]
    ) -> None:
        path = f"/api/v1/billing/checkouts/{checkout['id']}/confirmation"

        answer = client_for(UserFactory()).post(
            path, {"quote": 2}, headers={"Idempotency-Key": "a"}
        )

        assert (answer.status_code, answer.json()["code"]) == (404, "checkout_not_found")
        assert buyer.get(f"checkouts/{checkout['id']}")["status"] == "requoted"


class TestABillingAddress:
    def test_of_another_country_changes_nothing_while_the_card_agrees(
        self, buyer: Buyer, deliver: Callable[[], int]
    ) -> None:
        checkout = buyer.buy("lessons-5")

        paid = buyer.pay(checkout["url"], SPANISH_CARD, billing_country="FR")
        buyer.deliver_all(checkout["url"], deliver)

        assert paid == 200
        assert buyer.get(f"checkouts/{checkout['id']}")["status"] == "fulfilled"

    def test_of_no_country_is_refused(self, buyer: Buyer) -> None:
        checkout = buyer.buy("lessons-5")

        assert buyer.pay(checkout["url"], billing_country="XX") == 422
