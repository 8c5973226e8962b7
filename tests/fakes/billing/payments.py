"""Invoices and refunds."""

from dataclasses import dataclass
from datetime import datetime

from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.prices import Tax
from contexts.billing.domain.subscriptions import Payment
from tests.fakes.billing.rows import Rows


@dataclass
class FakeInvoices:
    rows: Rows

    def issue(
        self, *, checkout: Checkout, payment: Payment, cause: str, tax: Tax, now: datetime
    ) -> None:
        self.rows.invoices.append((len(self.rows.invoices) + 1, cause))

    def correct(self, *, of: str, cause: str, now: datetime) -> None:
        self.rows.invoices.append((len(self.rows.invoices) + 1, cause))


@dataclass
class FakeRefunds:
    rows: Rows

    def add(self, checkout: Checkout, payment: Payment, *, reason: str, now: datetime) -> None:
        self.rows.refunds.append((payment.ref, reason))
