"""A shop whose Stripe answers as the test says."""

from typing import Any
from uuid import UUID

from contexts.billing import api
from contexts.billing.models import Checkout
from contexts.shared.kernel import now
from tests.factories.billing import bought
from tests.integration.billing.stripe_server import (
    StripeServer,
    error,
)

CAPTURE, INTENTS = "POST /v1/payment_intents/pi_1/capture", "POST /v1/payment_intents"
SUBSCRIBE, DETACH = "POST /v1/subscriptions", "POST /v1/payment_methods/pm_1/detach"
PAGES, PAGE = "POST /v1/checkout/sessions", "GET /v1/checkout/sessions/cs_1"
AT = 1_800_000_000


CANCEL = "POST /v1/payment_intents/pi_1/cancel"


OLD = {"object": "list", "data": []}


def method(country: str, **more: Any) -> dict[str, Any]:
    card = {"brand": "visa", "country": country, "last4": "4242"}
    facts = {"id": "pm_1", "object": "payment_method", "customer": "cus_1", "card": card}
    return {**facts, **more}


def intent(country: str, **more: Any) -> dict[str, Any]:
    """Return an authorized payment of five lessons in Spain, by a card of a country."""
    facts = {
        "id": "pi_1",
        "object": "payment_intent",
        "status": "requires_capture",
        "amount": 7000,
        "currency": "eur",
        "created": AT,
        "latest_charge": "ch_1",
        "payment_method": method(country),
    }
    return {**facts, **more}


def page(checkout: Any, **more: Any) -> dict[str, Any]:
    """Return a finished page of Stripe, with the buyer's address in Spain."""
    address = {"line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}
    facts = {
        "id": "cs_1",
        "object": "checkout.session",
        "mode": "payment",
        "status": "complete",
        "payment_status": "unpaid",
        "client_reference_id": str(checkout.pk),
        "customer": "cus_1",
        "created": AT,
        "customer_details": {"name": "Ana García", "address": address},
    }
    return {**facts, **more}


def subscription(checkout: Any) -> dict[str, Any]:
    period = {"current_period_start": AT, "current_period_end": AT + 2_592_000}
    return {
        "id": "sub_1",
        "object": "subscription",
        "status": "active",
        "start_date": AT,
        "metadata": {"checkout": str(checkout.pk)},
        "items": {"object": "list", "data": [{"id": "si_1", **period}]},
    }


def invoice(minor: int, currency: str) -> dict[str, Any]:
    period = {"start": AT, "end": AT + 2_592_000}
    return {
        "id": "in_1",
        "amount_paid": minor,
        "currency": currency,
        "customer_name": "Ana García",
        "customer_address": {"country": "ES"},
        "status_transitions": {"paid_at": AT},
        "lines": {"object": "list", "data": [{"id": "il_1", "period": period}]},
    }


class Shop:
    """A checkout on Stripe, and Stripe's answers about it."""

    def __init__(self, server: StripeServer, customer_id: UUID, product: str, **more: Any) -> None:
        self.server, self.customer_id = server, customer_id
        server.on(PAGES, {"id": "cs_1", "object": "checkout.session", "url": "https://pay"})
        self.checkout = bought(customer_id, product, **more)
        server.on("GET /v1/payment_intents", OLD)
        server.on("GET /v1/subscriptions", OLD)

    def sees(self, **more: Any) -> None:
        self.server.on(PAGE, page(self.checkout, **more))

    def subscribes(self, minor: int = 999) -> None:
        """Let a subscription be made and paid."""
        made, there = subscription(self.checkout), "resource_already_exists"
        known = error(400, "invalid_request_error", there)
        self.server.on("GET /v1/subscriptions", OLD, OLD, {"object": "list", "data": [made]})
        self.server.on("GET /v1/subscriptions/sub_1", made)
        self.server.on("GET /v1/invoices", {"object": "list", "data": [invoice(minor, "eur")]})
        self.server.on("POST /v1/customers/cus_1", {"id": "cus_1", "object": "customer"})
        self.server.on("POST /v1/products", known)
        self.server.on("POST /v1/coupons", known)
        self.server.on(SUBSCRIBE, made)

    def holds(self, country: str) -> None:
        """Let the buyer give a card of a country."""
        if self.checkout.product_id == "lessons-5":
            self.sees(payment_intent=intent(country))
        else:
            held = {"id": "seti_1", "created": AT, "payment_method": method(country)}
            self.sees(mode="setup", payment_status="no_payment_required", setup_intent=held)

    def refresh(self) -> Checkout:
        api.refresh_checkout(checkout_id=self.checkout.pk, now=now())
        return Checkout.objects.get(pk=self.checkout.pk)

    def confirm(self) -> Checkout:
        api.confirm_checkout(
            checkout_id=self.checkout.pk, customer_id=self.customer_id, quote=2, now=now()
        )
        return self.refresh()

    def written(self) -> list[str]:
        """Return what we have told Stripe since the page."""
        return [call for call in self.server.calls() if call != PAGES]
