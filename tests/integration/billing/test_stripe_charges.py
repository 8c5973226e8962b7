"""Cards that Stripe holds: charged at the quoted price, at another one, or released."""

from typing import Any
from uuid import UUID

import pytest

from contexts.billing import api
from contexts.billing.models import Checkout, Invoice, InvoiceEvidence, Subscription
from contexts.shared.kernel import now
from tests.factories.billing import VoucherFactory, bought
from tests.integration.billing.outcomes import DAY, HOUR
from tests.integration.billing.stripe_server import (
    BUSY,
    DECLINED,
    DROPPED,
    StripeServer,
    error,
)

pytestmark = pytest.mark.django_db

AT = 1_800_000_000
CAPTURE, INTENTS = "POST /v1/payment_intents/pi_1/capture", "POST /v1/payment_intents"
CANCEL = "POST /v1/payment_intents/pi_1/cancel"
SUBSCRIBE, DETACH = "POST /v1/subscriptions", "POST /v1/payment_methods/pm_1/detach"
PAGES, PAGE = "POST /v1/checkout/sessions", "GET /v1/checkout/sessions/cs_1"
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


@pytest.fixture
def pack(customer_id: UUID, stripe_server: StripeServer) -> Shop:
    return Shop(stripe_server, customer_id, "lessons-5")


@pytest.fixture
def premium(customer_id: UUID, stripe_server: StripeServer) -> Shop:
    return Shop(stripe_server, customer_id, "premium-monthly")


class TestAPack:
    def test_is_captured_if_the_card_is_from_the_quoted_country(self, pack: Shop) -> None:
        pack.holds("ES")
        authorized = page(pack.checkout, payment_intent=intent("ES"))
        paid = {**authorized, "payment_intent": intent("ES", status="succeeded")}
        pack.server.on(PAGE, authorized, authorized, paid)
        pack.server.on(CAPTURE, intent("ES", status="succeeded"))

        checkout = pack.refresh()

        [asked] = pack.server.asked(CAPTURE)
        assert asked.key == f"{checkout.pk}:charge:1"
        assert pack.written() == [CAPTURE]
        assert (checkout.state, Invoice.objects.get().gross_minor) == ("fulfilled", 7000)
        found = InvoiceEvidence.objects.order_by("kind").values_list("kind", "country", "source")
        assert list(found) == [
            ("billing_address", "ES", "stripe:pm_1"),
            ("card", "ES", "stripe:pm_1"),
            ("profile", "ES", "profile"),
        ]

    def test_is_not_captured_if_the_card_is_from_another_country(self, pack: Shop) -> None:
        pack.holds("US")

        checkout = pack.refresh()

        assert (checkout.state, checkout.quote and checkout.quote.country) == ("requoted", "US")
        assert pack.written() == []

    def test_is_a_new_payment_at_the_price_that_was_confirmed(self, pack: Shop) -> None:
        pack.holds("US")
        pack.refresh()
        dollars = intent("US", id="pi_2", status="succeeded", amount=7500, currency="usd")
        authorized = page(pack.checkout, payment_intent=intent("US"))
        released = page(pack.checkout, payment_intent=intent("US", status="canceled"))
        pack.server.on(INTENTS, dollars)
        pack.server.on(CANCEL, intent("US", status="canceled"))
        pack.server.on(PAGE, authorized, authorized, released)
        new = {"object": "list", "data": [{**dollars, "latest_charge": "ch_2"}]}
        pack.server.on("GET /v1/payment_intents", OLD, OLD, new)

        checkout = pack.confirm()

        [asked] = pack.server.asked(INTENTS)
        assert asked.key == f"{checkout.pk}:charge:2"
        assert asked.form == {
            "amount": "7500",
            "currency": "usd",
            "customer": "cus_1",
            "payment_method": "pm_1",
            "description": "Cinco clases",
            "confirm": "true",
            "off_session": "true",
            "metadata[checkout]": str(checkout.pk),
        }
        # The old authorization is released last, so that a crash loses neither.
        assert pack.written() == [INTENTS, CANCEL]
        assert checkout.state == "fulfilled"
        assert (Invoice.objects.get().currency, Invoice.objects.get().country) == ("USD", "US")

    def test_is_charged_once_if_the_answer_is_lost(self, pack: Shop) -> None:
        pack.holds("ES")
        pack.server.on(CAPTURE, DROPPED)

        with pytest.raises(api.PaymentsUnavailable):
            pack.refresh()
        between = Checkout.objects.get().state
        pack.sees(payment_intent=intent("ES", status="succeeded"))
        api.sweep(now=now() + HOUR)
        api.sweep(now=now() + DAY)

        assert between == "agreed"
        assert {one.key for one in pack.server.asked(CAPTURE)} == {f"{pack.checkout.pk}:charge:1"}
        assert Checkout.objects.get().state == "fulfilled"
        assert Invoice.objects.count() == 1
        assert api.check_ledger() == []

    def test_waits_while_stripe_is_busy(self, pack: Shop) -> None:
        pack.holds("ES")
        pack.server.on(CAPTURE, BUSY)

        with pytest.raises(api.PaymentsUnavailable):
            pack.refresh()

        assert Checkout.objects.get().state == "agreed"
        assert not Invoice.objects.exists()

    def test_is_released_if_nobody_confirms(self, pack: Shop) -> None:
        pack.holds("US")
        pack.refresh()
        complete = error(400, "invalid_request_error", "resource_complete")
        pack.server.on("POST /v1/checkout/sessions/cs_1/expire", complete)
        pack.server.on(CANCEL, intent("US", status="canceled"))
        authorized = page(pack.checkout, payment_intent=intent("US"))
        released = page(pack.checkout, payment_intent=intent("US", status="canceled"))
        pack.server.on(PAGE, authorized, authorized, released)

        api.sweep(now=now() + DAY * 2)

        assert Checkout.objects.get().state == "expired"
        assert CANCEL in pack.written()

    def test_of_an_older_release_was_charged_by_its_page(self, pack: Shop) -> None:
        paid = intent("US", status="succeeded")
        pack.sees(payment_status="paid", payment_intent=paid)

        checkout = pack.refresh()

        assert (checkout.state, checkout.country) == ("fulfilled", "ES")
        assert pack.written() == []


class TestASubscription:
    def test_begins_with_the_card_of_the_quoted_country(self, premium: Shop) -> None:
        premium.holds("ES")
        premium.subscribes()

        checkout = premium.refresh()

        [asked] = premium.server.asked(SUBSCRIBE)
        assert asked.key == f"{checkout.pk}:charge:1"
        assert asked.form == {
            "customer": "cus_1",
            "default_payment_method": "pm_1",
            "items[0][price_data][currency]": "eur",
            "items[0][price_data][unit_amount]": "999",
            "items[0][price_data][tax_behavior]": "inclusive",
            "items[0][price_data][recurring][interval]": "month",
            "items[0][price_data][recurring][interval_count]": "1",
            "items[0][price_data][product]": "premium-monthly-es",
            "items[0][quantity]": "1",
            "off_session": "true",
            "payment_behavior": "error_if_incomplete",
            "metadata[checkout]": str(checkout.pk),
        }
        [customer] = premium.server.asked("POST /v1/customers/cus_1")
        assert (customer.form["name"], customer.form["address[city]"]) == ("Ana García", "Madrid")
        assert Subscription.objects.get().provider_ref == "sub_1"
        assert InvoiceEvidence.objects.filter(country="ES").count() == 3

    def test_takes_a_voucher_off_the_first_payment_alone(
        self, customer_id: UUID, stripe_server: StripeServer
    ) -> None:
        voucher: Any = VoucherFactory()
        shop = Shop(stripe_server, customer_id, "premium-monthly", voucher=voucher.code)
        shop.holds("ES")
        shop.subscribes(minor=500)

        shop.refresh()

        [coupon], [asked] = stripe_server.asked("POST /v1/coupons"), stripe_server.asked(SUBSCRIBE)
        assert coupon.form == {
            "id": f"checkout-{shop.checkout.pk}",
            "amount_off": "499",
            "currency": "eur",
            "duration": "once",
            "max_redemptions": "1",
        }
        assert asked.form["discounts[0][coupon]"] == f"checkout-{shop.checkout.pk}"
        assert asked.form["items[0][price_data][unit_amount]"] == "999"
        assert Invoice.objects.get().gross_minor == 500

    def test_without_its_coupon_does_not_begin(
        self, customer_id: UUID, stripe_server: StripeServer
    ) -> None:
        voucher: Any = VoucherFactory()
        shop = Shop(stripe_server, customer_id, "premium-monthly", voucher=voucher.code)
        shop.holds("ES")
        shop.subscribes()
        stripe_server.on("POST /v1/coupons", BUSY)

        with pytest.raises(api.PaymentsUnavailable):
            shop.refresh()

        assert stripe_server.asked(SUBSCRIBE) == []

    def test_does_not_begin_with_a_card_of_another_country(self, premium: Shop) -> None:
        premium.holds("US")

        assert premium.refresh().state == "requoted"
        assert premium.written() == []

    def test_whose_card_is_declined_gets_another_page(self, premium: Shop) -> None:
        premium.holds("ES")
        premium.server.on("POST /v1/customers/cus_1", {"id": "cus_1", "object": "customer"})
        premium.server.on("POST /v1/products", {"id": "p", "object": "product"})
        premium.server.on(SUBSCRIBE, DECLINED)
        premium.server.on(DETACH, method("ES", customer=None))
        premium.server.on(PAGES, {"id": "cs_2", "object": "checkout.session", "url": "https://2"})

        checkout = premium.refresh()

        assert (checkout.state, checkout.refusal) == ("open", "card_declined")
        assert (checkout.provider_ref, checkout.url) == ("cs_2", "https://2")
        assert [one.key for one in premium.server.asked(PAGES)] == [
            str(checkout.pk),
            f"{checkout.pk}:2",
        ]
        assert premium.written()[-1] == DETACH
        assert not Subscription.objects.exists()
