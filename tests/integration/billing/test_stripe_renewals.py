"""A subscription at Stripe: the card first, the money after."""

from typing import Any
from uuid import UUID

import pytest

from contexts.billing import api
from contexts.billing.models import Invoice, InvoiceEvidence, Subscription
from tests.factories.billing import VoucherFactory
from tests.integration.billing.stripe_server import (
    BUSY,
    DECLINED,
    StripeServer,
)
from tests.integration.billing.stripe_shop import (
    DETACH,
    PAGES,
    SUBSCRIBE,
    Shop,
    method,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def premium(customer_id: UUID, stripe_server: StripeServer) -> Shop:
    return Shop(stripe_server, customer_id, "premium-monthly")


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
