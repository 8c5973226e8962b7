"""Checkouts of lessons on the sandbox provider, from the intent to the credits."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import cards, webhooks
from busuu.sandbox import models as vendor
from contexts.billing import api, queries
from contexts.billing.models import (
    Checkout,
    Customer,
    Invoice,
    InvoiceBuyer,
    Voucher,
    VoucherUse,
    Wallet,
    Webhook,
)
from contexts.identity import api as identity
from contexts.shared.kernel import new_id, now
from tests.factories.billing import (
    DECLINED_CARD,
    DISPUTED_CARD,
    CustomerFactory,
    VoucherFactory,
    bought,
    pay,
)
from tests.factories.identity import UserFactory
from tests.integration.billing.outcomes import LATER, assert_five_credits_once, balance, sweep

pytestmark = pytest.mark.django_db


class TestAPackOfLessons:
    @pytest.mark.usefixtures("ourselves")
    def test_is_granted_after_payment(self, customer_id: UUID, deliver: Callable[[], int]) -> None:
        checkout = bought(customer_id)

        pay(checkout, by_itself=True)
        deliver()

        assert Webhook.objects.get().state == "done"
        assert_five_credits_once(customer_id)

    @pytest.mark.usefixtures("ourselves")
    def test_is_granted_once_for_late_and_repeated_webhooks(
        self, customer_id: UUID, deliver: Callable[[], int]
    ) -> None:
        pay(bought(customer_id))
        event = vendor.Event.objects.get()

        for _ in range(2):
            assert webhooks.send(event.pk, now=now()) == 200
            deliver()
        sweep()
        webhooks.send(event.pk, now=now())
        deliver()

        assert Webhook.objects.count() == 1
        assert_five_credits_once(customer_id)

    def test_is_worth_what_was_paid_to_the_last_cent(self, customer_id: UUID) -> None:
        pay(bought(customer_id))
        sweep()
        tutor_id = new_id()

        for _ in range(5):
            hold_id = api.hold_credit(
                hold_id=new_id(),
                customer_id=customer_id,
                tutor_id=UUID(int=7),
                expires_at=now() + LATER,
                now=now(),
            )
            api.settle_hold(
                hold_id=hold_id,
                customer_id=customer_id,
                tutor_id=tutor_id,
                spent_percent=100,
                in_fault=True,
                now=now(),
            )

        assert balance("credit_liability") == 0
        assert balance("lesson_revenue") == -5785
        assert balance("payable") == -5 * 960
        assert api.check_ledger() == []

    def test_keeps_the_price_of_its_beginning(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)

        assert (checkout.amount_minor, checkout.currency) == (7000, "EUR")

    def test_can_be_tried_again_with_another_card(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        with pytest.raises(cards.CardDeclined):
            pay(checkout, DECLINED_CARD)
        declined = vendor.Charge.objects.count()

        pay(checkout)
        sweep()

        assert declined == 0
        assert_five_credits_once(customer_id)

    def test_cannot_be_paid_twice(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        pay(checkout)

        with pytest.raises(cards.SessionClosed):
            pay(checkout)
        sweep()

        assert vendor.Charge.objects.count() == 1

    def test_without_payment_expires_and_gives_its_voucher_back(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()
        bought(customer_id, voucher=voucher.code)
        used = Voucher.objects.get().used
        vendor.Session.objects.update(expires_at=now())

        sweep()

        assert used == 1
        assert Checkout.objects.get().state == "expired"
        assert Voucher.objects.get().used == VoucherUse.objects.count() == 0

    @pytest.mark.usefixtures("ourselves")
    def test_that_is_disputed_is_taken_back(self, customer_id: UUID) -> None:
        pay(bought(customer_id), DISPUTED_CARD)
        sweep()
        held = Wallet.objects.get().available

        sweep(timedelta(days=2))
        event = vendor.Event.objects.get(kind="charge.disputed")
        webhooks.send(event.pk, now=now())
        api.act_on_webhook(webhook_id=Webhook.objects.get().pk, now=now())

        assert (held, Wallet.objects.get().available) == (500, 0)
        assert (balance("cash"), balance("disputed")) == (0, 7000)
        assert Checkout.objects.get().state == "disputed"
        assert api.check_ledger() == []


class TestAnInvoice:
    def test_names_the_buyer_whom_the_checkout_named(self, customer_id: UUID) -> None:
        checkout = bought(customer_id, name="Ana García SL", address="Calle Mayor 1")
        pay(checkout)

        sweep()

        buyer = InvoiceBuyer.objects.get(invoice__customer_id=customer_id)
        assert (buyer.name, buyer.address) == ("Ana García SL", "Calle Mayor 1")

    def test_names_the_customer_otherwise(self, customer_id: UUID, settings: Any) -> None:
        settings.BILLING = {**settings.BILLING, "SELLER_TAX_ID": "ESB12345678"}
        pay(bought(customer_id))

        sweep()

        buyer = InvoiceBuyer.objects.get(invoice__customer_id=customer_id)
        assert buyer.name == Customer.objects.get(pk=customer_id).display_name
        assert buyer.seller_tax_id == "ESB12345678"

    def test_is_numbered_by_the_sellers_year(self, customer_id: UUID) -> None:
        at = datetime(2026, 12, 31, 23, 32, tzinfo=UTC)
        checkout = bought(customer_id, now=at)
        pay(checkout, at=at)

        api.refresh_checkout(checkout_id=checkout.pk, now=at)

        assert Invoice.objects.get(customer_id=customer_id).number == "BO-2027-000001"


class TestARenewal:
    def test_is_told_apart_from_the_leeway(self, customer_id: UUID) -> None:
        checkout = bought(customer_id, "premium-monthly")
        pay(checkout)
        sweep()

        (found,) = [queries.to_subscription(row) for row in queries.subscriptions_of(customer_id)]
        (source,) = queries.entitlement(customer_id, now=now()).sources
        assert found.renews_at == source.renews_at == found.period_end
        assert source.until == found.period_end + timedelta(days=1)
        api.cancel_subscription(subscription_id=found.id, customer_id=customer_id, now=now())
        assert queries.subscription(found.id, customer_id=customer_id).renews_at is None


class TestACountry:
    def test_counts_as_soon_as_its_owner_has_changed_it(self) -> None:
        user = UserFactory(country="US")
        CustomerFactory(id=user.pk, country="US")
        identity.change_profile(user_id=user.pk, changes={"country": "GB"}, now=now())

        checkout = bought(user.pk, "premium-yearly")

        assert (checkout.amount_minor, checkout.currency, checkout.country) == (5999, "GBP", "GB")
        shown = api.prices_for(customer_id=user.pk, now=now())
        assert {one.currency for one in shown.results} == {"GBP"}
