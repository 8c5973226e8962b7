"""Cards that Stripe holds: charged at the quoted price, at another one, or released."""

from uuid import UUID

import pytest

from contexts.billing import api
from contexts.billing.models import Checkout, Invoice, InvoiceEvidence
from contexts.shared.kernel import now
from tests.integration.billing.outcomes import DAY, HOUR
from tests.integration.billing.stripe_server import (
    BUSY,
    DROPPED,
    StripeServer,
    error,
)
from tests.integration.billing.stripe_shop import (
    CANCEL,
    CAPTURE,
    INTENTS,
    OLD,
    PAGE,
    Shop,
    intent,
    page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack(customer_id: UUID, stripe_server: StripeServer) -> Shop:
    return Shop(stripe_server, customer_id, "lessons-5")


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
