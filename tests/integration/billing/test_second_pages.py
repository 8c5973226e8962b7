"""Two paid pages of one person: the second is refunded."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from busuu.sandbox import models as vendor
from busuu.sandbox.provider import SandboxProvider
from contexts.billing import api
from contexts.billing.domain.checkouts import PaymentsUnavailable
from contexts.billing.models import Checkout, Entitlement, Invoice, Refund, Subscription
from contexts.shared.kernel import now
from tests.factories.billing import bought, pay
from tests.integration.billing.outcomes import balance, sweep

pytestmark = pytest.mark.django_db


class TestASecondPaidPage:
    def _both_paid(self, customer_id: UUID) -> list[Checkout]:
        products = ("premium-monthly", "premium-yearly")
        pages = [bought(customer_id, product) for product in products]
        for page in pages:
            pay(page)
        return pages

    def test_is_refunded_by_itself(self, customer_id: UUID) -> None:
        first, second = self._both_paid(customer_id)

        sweep()
        sweep(timedelta(hours=2))

        assert Subscription.objects.get(checkout=first).state == "active"
        assert Subscription.objects.get(checkout=second).state == "expired"
        assert vendor.Charge.objects.get(status="refunded").session_id == second.provider_ref
        assert vendor.Subscription.objects.filter(ended_at=None).count() == 1
        assert Refund.objects.get().state == "done"
        assert (balance("cash"), balance("refunds_owed"), balance("tax_payable")) == (999, 0, -173)
        taken_back = Invoice.objects.exclude(corrects="").get()
        assert taken_back.gross_minor == -second.amount_minor
        assert taken_back.corrects == Invoice.objects.get(gross_minor=second.amount_minor).number
        until = Entitlement.objects.get().until
        assert until
        assert until < now() + timedelta(days=33)
        assert api.check_ledger() == []

    def test_is_refunded_once(self, customer_id: UUID) -> None:
        self._both_paid(customer_id)

        for hours in range(1, 6):
            sweep(timedelta(hours=2 * hours))
            for refund_id in Refund.objects.values_list("pk", flat=True):
                api.make_refund(refund_id=refund_id, now=now())

        assert Refund.objects.count() == 1
        assert balance("cash") == 999
        assert api.check_ledger() == []

    def test_balances_while_the_provider_is_away(self, customer_id: UUID, settings: Any) -> None:
        self._both_paid(customer_id)
        settings.BILLING = {**settings.BILLING, "SANDBOX": f"{__name__}.Away"}

        sweep()
        sweep(timedelta(hours=2))

        assert Refund.objects.get().state == "wanted"
        assert balance("refunds_owed") == -6999
        assert api.check_ledger() == []


class Away(SandboxProvider):
    """A vendor that gives nothing back today."""

    def refund(self, payment_ref: str, *, key: str, now: datetime) -> None:
        raise PaymentsUnavailable
