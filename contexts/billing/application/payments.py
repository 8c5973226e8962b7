"""Payments in the books: the ledger, an invoice, and revenue to come. Each payment once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from contexts.billing.application.ports import (
    Customers,
    EvidenceRepository,
    Invoices,
    Ledger,
    Revenue,
    Terms,
)
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.evidence import EvidenceKind
from contexts.billing.domain.ledger import Account, Posting, Transaction, moving
from contexts.billing.domain.subscriptions import Payment
from contexts.shared.kernel import Money


@dataclass(frozen=True)
class Payments:
    ledger: Ledger
    invoices: Invoices
    revenue: Revenue
    terms: Terms
    customers: Customers
    evidence: EvidenceRepository

    def book(
        self,
        checkout: Checkout,
        payment: Payment | None,
        *,
        income: Callable[[str], Account],
        first: bool,
        now: datetime,
    ) -> Money:
        """Post a payment and issue its invoice, once. Return its net amount.

        `income` is the account of the net. The card of a first payment proves its country, which
        one that is declined does not. Raises PaidWrong if another amount was agreed.
        """
        if payment is None or not payment.amount.minor:
            return Money(0, checkout.amount.currency)
        cause = paid_by(checkout, payment)
        tax = self.terms.tax(checkout.country, now=payment.paid_at)
        within = tax.within(payment.amount)
        net = payment.amount - within
        if self.ledger.has(cause):
            return net
        checkout.check_paid(payment.amount, first=first)
        self.ledger.post([_paid(cause, payment, within, income, now=now)])
        self.invoices.issue(checkout=checkout, payment=payment, cause=cause, tax=tax, now=now)
        if income is accounts.deferred_revenue and net.minor:
            over = payment.period_end or payment.paid_at
            self.revenue.defer(cause=cause, net=net, earned_at=over)
        if first:
            self._prove(checkout, now=now)
        return net

    def _prove(self, checkout: Checkout, *, now: datetime) -> None:
        pieces = self.evidence.of(checkout.id)
        cards = {one.country for one in pieces if one.kind is EvidenceKind.CARD}
        if checkout.country in cards:
            self.customers.prove(checkout.customer_id, checkout.country, now=now)


def _paid(
    cause: str,
    payment: Payment,
    tax: Money,
    income: Callable[[str], Account],
    *,
    now: datetime,
) -> Transaction:
    gross, currency = payment.amount, payment.amount.currency
    postings = moving(
        Posting(accounts.cash(currency), gross.minor),
        Posting(accounts.tax(currency), -tax.minor),
        Posting(income(currency), -(gross - tax).minor),
    )
    return Transaction(cause=cause, kind="payment", postings=postings, occurred_at=now)


def paid_by(checkout: Checkout, payment: Payment) -> str:
    """Return the cause under which the ledger knows a payment."""
    return f"payment:{checkout.provider}:{payment.ref}"
