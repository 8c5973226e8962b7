"""Refunds: a payment that should not have been taken goes back in full, each once."""

from dataclasses import dataclass
from datetime import datetime

from contexts.billing.application.payments import paid_by
from contexts.billing.application.ports import Invoices, Ledger, RefundRepository, Revenue, Terms
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.ledger import Posting, Transaction, moving
from contexts.billing.domain.subscriptions import Payment

SECOND_PURCHASE = "second_purchase"


@dataclass(frozen=True)
class Refunds:
    ledger: Ledger
    invoices: Invoices
    revenue: Revenue
    refunds: RefundRepository
    terms: Terms

    def want(self, checkout: Checkout, payment: Payment, *, reason: str, now: datetime) -> None:
        """Owe a booked payment of a subscription back. The provider hears of it next.

        The invoice is corrected by another. Does nothing if the payment is owed back already.
        """
        cause = f"refund:{checkout.provider}:{payment.ref}"
        if self.ledger.has(cause) or not payment.amount.minor:
            return
        tax = self.terms.tax(checkout.country, now=payment.paid_at).within(payment.amount)
        currency = payment.amount.currency
        postings = moving(
            Posting(accounts.deferred_revenue(currency), (payment.amount - tax).minor),
            Posting(accounts.tax(currency), tax.minor),
            Posting(accounts.refunds_owed(currency), -payment.amount.minor),
        )
        self.ledger.post(
            [Transaction(cause=cause, kind="refund", postings=postings, occurred_at=now)]
        )
        self.revenue.drop(cause=paid_by(checkout, payment))
        self.invoices.correct(of=paid_by(checkout, payment), cause=cause, now=now)
        self.refunds.add(checkout, payment, reason=reason, now=now)
