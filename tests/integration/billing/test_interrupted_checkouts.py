"""An interrupted checkout is finished by the sweep, and its invoice leaves no gap."""

import dataclasses
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import webhooks
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.adapters.checkouts import OrmCheckouts
from contexts.billing.models import (
    Checkout,
    CreditGrant,
    Invoice,
    LedgerEntry,
    Webhook,
)
from contexts.billing.services import wiring
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from tests.factories.billing import CustomerFactory, bought, charge, pay
from tests.integration.billing.outcomes import LATER, assert_five_credits_once, sweep

pytestmark = pytest.mark.django_db


class Crashed(Exception):
    pass


class CrashingInvoices:
    def issue(self, **_: Any) -> None:
        raise Crashed


class TestACrash:
    """A crash after each step from the intent to the goods. The sweep goes on from there."""

    def _begun(self, customer_id: UUID) -> UUID:
        api.load_prices(now=now())
        begin = for_context("billing")(wiring.checkouts.begin)
        return begin(
            checkout_id=new_id(),
            customer_id=customer_id,
            product="lessons-5",
            voucher=None,
            trial=False,
            provider="sandbox",
            now=now(),
        )

    def test_after_the_intent_is_finished(self, customer_id: UUID) -> None:
        checkout_id = self._begun(customer_id)

        sweep()
        pay(Checkout.objects.get(pk=checkout_id))
        sweep(LATER * 2)

        assert_five_credits_once(customer_id)

    def test_after_the_provider_call_makes_no_second_page(self, customer_id: UUID) -> None:
        checkout_id = self._begun(customer_id)
        api.open_checkout(checkout_id=checkout_id, now=now())
        page = vendor.Session.objects.get().pk
        # The answer of the provider is lost.
        Checkout.objects.update(state="begun", provider_ref=None, url="")

        sweep()
        pay(Checkout.objects.get())
        sweep(LATER * 2)

        assert vendor.Session.objects.get().pk == page
        assert_five_credits_once(customer_id)

    def test_that_loses_the_webhook_is_made_good(self, customer_id: UUID) -> None:
        pay(bought(customer_id))

        sweep()

        assert_five_credits_once(customer_id)

    @pytest.mark.usefixtures("ourselves")
    def test_after_the_webhook_is_stored_is_acted_on(self, customer_id: UUID) -> None:
        pay(bought(customer_id))
        webhooks.send(vendor.Event.objects.get().pk, now=now())
        Checkout.objects.update(looked_at=now() + timedelta(days=9))

        sweep()

        assert Webhook.objects.get().state == "done"
        assert_five_credits_once(customer_id)

    def test_while_fulfilling_leaves_nothing_half_done(self, customer_id: UUID) -> None:
        checkout = bought(customer_id)
        charge(checkout)
        payments = dataclasses.replace(wiring.fulfillment.payments, invoices=CrashingInvoices())
        fulfillment = dataclasses.replace(wiring.fulfillment, payments=payments)
        checkouts = dataclasses.replace(wiring.checkouts, fulfillment=fulfillment)
        provider = SandboxProvider()
        seen = provider.fetch_checkout(str(checkout.provider_ref))

        with pytest.raises(Crashed):
            for_context("billing")(checkouts.settle)(checkout_id=checkout.pk, seen=seen, now=now())
        half = LedgerEntry.objects.count(), CreditGrant.objects.count()
        sweep()

        assert half == (0, 0)
        assert_five_credits_once(customer_id)

    def test_after_the_end_changes_nothing(self, customer_id: UUID) -> None:
        pay(bought(customer_id))
        sweep()

        api.refresh_checkout(checkout_id=Checkout.objects.get().pk, now=now())
        sweep(LATER * 2)

        assert_five_credits_once(customer_id)


class TestInvoices:
    def test_are_numbered_without_a_gap(self) -> None:
        for _ in range(3):
            customer: Any = CustomerFactory()
            charge(bought(customer.pk))
        checkout = Checkout.objects.first()
        assert checkout
        fulfillment = dataclasses.replace(wiring.fulfillment, wallets=None)
        with pytest.raises(AttributeError):
            for_context("billing")(fulfillment.fulfill_pack)(
                OrmCheckouts().take(checkout.pk),
                _paid(checkout),
                now=now(),
            )

        sweep()

        numbers = Invoice.objects.order_by("sequence").values_list("sequence", flat=True)
        assert list(numbers) == [1, 2, 3]


def _paid(checkout: Checkout) -> Any:
    seen = SandboxProvider().fetch_checkout(str(checkout.provider_ref))
    return seen and seen.payment
