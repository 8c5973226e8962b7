"""Checkouts over HTTP, from the price to the goods."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from rest_framework.test import APIClient

from contexts.billing import api
from tests.factories.billing import (
    DECLINED_CARD,
    webhook_states,
)
from tests.factories.identity import UserFactory
from tests.functional.buyers import Buyer, User, send

pytestmark = pytest.mark.django_db


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
