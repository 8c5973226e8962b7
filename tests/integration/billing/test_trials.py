"""Trials on the sandbox provider."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox import renewals
from contexts.billing.models import Checkout, Entitlement, EntitlementSource, Invoice, Subscription
from contexts.shared.kernel import now
from tests.factories.billing import VoucherFactory, bought, charge, pay
from tests.integration.billing.outcomes import LATER, balance, sweep

pytestmark = pytest.mark.django_db


class TestATrial:
    def _checkouts(self, customer_id: UUID, count: int) -> list[Checkout]:
        return [bought(customer_id, "premium-monthly", trial=True) for _ in range(count)]

    def test_begins_once_on_several_open_pages(self, customer_id: UUID) -> None:
        for checkout in self._checkouts(customer_id, 3):
            pay(checkout)

        sweep()
        sweep(timedelta(hours=2))

        states = Subscription.objects.order_by("state").values_list("state", flat=True)
        assert list(states) == ["expired", "expired", "trialing"]
        assert EntitlementSource.objects.count() == 1
        assert vendor.Subscription.objects.filter(ended_at=None).count() == 1
        assert not Subscription.objects.exclude(cancel_wanted="").exists()
        until = Entitlement.objects.get().until
        assert until
        assert until < now() + timedelta(days=9)

    def test_is_refused_after_another_subscription_began(self, customer_id: UUID) -> None:
        (trial,) = self._checkouts(customer_id, 1)
        pay(bought(customer_id, "premium-monthly"))
        sweep()
        pay(trial)

        sweep(LATER * 2)

        assert Subscription.objects.get(checkout=trial).state == "expired"
        assert Subscription.objects.filter(state="active").count() == 1

    def test_that_was_paid_before_we_knew_of_it_counts(self, customer_id: UUID) -> None:
        first, second = self._checkouts(customer_id, 2)
        pay(first)
        sweep()
        charge(second)
        renewals.pass_time(now=now() + timedelta(days=9))

        sweep(timedelta(days=9))
        sweep(timedelta(days=10))

        assert Subscription.objects.get(checkout=second).state == "expired"
        assert Subscription.objects.get(checkout=first).state == "active"
        assert (balance("cash"), balance("refunds_owed")) == (999, 0)

    def test_is_followed_by_a_payment_with_the_voucher(self, customer_id: UUID) -> None:
        voucher: Any = VoucherFactory()
        pay(bought(customer_id, "premium-monthly", trial=True, voucher=voucher.code))
        sweep()

        for days in (8, 45):
            sweep(timedelta(days=days))

        paid = Invoice.objects.order_by("year", "sequence").values_list("gross_minor", flat=True)
        assert list(paid) == [500, 999]
