"""Checkouts over HTTP, from the price to the goods."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from rest_framework.test import APIClient

from contexts.billing import api
from contexts.shared.kernel import now
from tests.factories.billing import (
    AMERICAN_CARD,
    DECLINED_CARD,
    GOOD_CARD,
    SPANISH_CARD,
    CustomerFactory,
    webhook_states,
)
from tests.factories.identity import UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db

WEBHOOKS = "/api/v1/billing/webhooks/sandbox"


class Buyer:
    """A client of the API, and the same person at the provider's page."""

    def __init__(self, client: APIClient) -> None:
        self.api = client
        self.browser = Client(enforce_csrf_checks=True)

    def get(self, path: str) -> Any:
        return self.api.get(f"/api/v1/billing/{path}").json()

    def buy(self, product: str, **more: Any) -> Any:
        answer = self.api.post(
            "/api/v1/billing/checkouts",
            {"product": product, **more},
            headers={"Idempotency-Key": f"buy-{product}"},
        )
        assert answer.status_code == 201, answer.content
        return answer.json()

    def pay(self, url: str, card: str = GOOD_CARD, **more: str) -> int:
        path = url.removeprefix("http://127.0.0.1:8000")
        return self.send(path, path, card=card, hold="1", **more).status_code

    def send(self, path: str, target: str, **form: str) -> Any:
        """Fill in a form of a page and send it to its target."""
        page = self.browser.get(path).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        return self.browser.post(target, {"csrfmiddlewaretoken": token[1], **form})

    def ask(self, document: str, **variables: Any) -> Any:
        answer = self.api.post("/graphql", {"query": document, "variables": variables})
        return answer.json()

    def deliver_all(self, url: str, deliver: Callable[[], int]) -> None:
        """Send the webhooks of a page, and let us act on them."""
        for event in self.events(url):
            send(event)
        deliver()

    def events(self, url: str) -> list[dict[str, Any]]:
        path = url.removeprefix("http://127.0.0.1:8000")
        events: list[dict[str, Any]] = self.browser.get(f"{path}/events").json()["events"]
        return events


def send(event: dict[str, Any]) -> int:
    answer = Client().post(
        WEBHOOKS,
        data=event["body"].encode(),
        content_type="application/json",
        headers={event["header"]: event["signature"]},
    )
    return int(answer.status_code)


@pytest.fixture
def buyer(client_for: Callable[[User], APIClient]) -> Buyer:
    api.load_prices(now=now())
    user: User = UserFactory(country="ES", interface_language="es")
    CustomerFactory(id=user.pk)
    return Buyer(client_for(user))


class TestPremium:
    def test_is_there_once_when_the_webhooks_come_twice_and_in_the_wrong_order(
        self, buyer: Buyer, deliver: Callable[[], int]
    ) -> None:
        price = {one["product"]: one for one in buyer.get("prices")["results"]}["premium-monthly"]
        checkout = buyer.buy("premium-monthly")
        paid = buyer.pay(checkout["url"])
        before = buyer.get("entitlements")
        # The first webhook lets us charge the card, and the charge has a webhook of its own.
        first = [send(event) for event in buyer.events(checkout["url"]) * 2]
        deliver()
        events = buyer.events(checkout["url"])

        statuses = [send(event) for event in [*reversed(events), *events]]
        deliver()

        assert (price["amount"], price["currency"]) == (999, "EUR")
        assert (checkout["amount"], checkout["status"], paid) == (999, "open", 200)
        assert before["premium"]["active"] is False
        assert (first, statuses) == ([200] * 2, [200] * 4)
        premium = buyer.get("entitlements")["premium"]
        assert premium["active"] is True
        assert [source["kind"] for source in premium["sources"]] == ["subscription"]
        [invoice] = buyer.get("invoices")["results"]
        assert (invoice["gross"], invoice["net"], invoice["tax"]) == (999, 826, 173)
        assert webhook_states() == ["done"] * len(events) == ["done", "done"]
        assert api.check_ledger() == []


class TestAPackOfLessons:
    def test_is_paid_on_the_second_try(self, buyer: Buyer, deliver: Callable[[], int]) -> None:
        checkout = buyer.buy("lessons-5")

        declined = buyer.pay(checkout["url"], DECLINED_CARD)
        paid = buyer.pay(checkout["url"])
        again = Client().get(checkout["url"].removeprefix("http://127.0.0.1:8000"))
        for event in buyer.events(checkout["url"]):
            send(event)
        deliver()

        assert (declined, paid) == (402, 200)
        assert b'name="card"' not in again.content
        assert buyer.get("wallet")["bookable"] == 5
        assert [one["gross"] for one in buyer.get("invoices")["results"]] == [7000]

    def test_has_an_invoice_as_pdf(self, buyer: Buyer, deliver: Callable[[], int]) -> None:
        checkout = buyer.buy("lessons-5")
        buyer.pay(checkout["url"])
        for event in buyer.events(checkout["url"]):
            send(event)
        deliver()
        [invoice] = buyer.get("invoices")["results"]

        pdf = buyer.api.get(f"/api/v1/billing/invoices/{invoice['id']}/pdf")

        assert pdf["Content-Type"] == "application/pdf"
        assert pdf.content.startswith(b"%PDF-")

    def test_is_nobody_elses(
        self, buyer: Buyer, client_for: Callable[[User], APIClient], deliver: Callable[[], int]
    ) -> None:
        checkout = buyer.buy("lessons-5")
        buyer.pay(checkout["url"])
        for event in buyer.events(checkout["url"]):
            send(event)
        deliver()
        [invoice] = buyer.get("invoices")["results"]
        other = client_for(UserFactory())

        for path in (
            f"checkouts/{checkout['id']}",
            f"invoices/{invoice['id']}",
            f"invoices/{invoice['id']}/pdf",
        ):
            assert other.get(f"/api/v1/billing/{path}").status_code == 404
        for path in ("checkouts", "invoices", "subscriptions", "wallet/history"):
            assert other.get(f"/api/v1/billing/{path}").json()["results"] == []
        assert json.loads(other.get("/api/v1/billing/wallet").content)["grants"] == []


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
