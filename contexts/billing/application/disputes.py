"""Disputes: a buyer's bank takes a payment back, and billing takes back the rest of its goods."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.fulfillment import Fulfillment, source_of
from contexts.billing.application.payments import paid_by
from contexts.billing.application.ports import CheckoutRepository, Ledger, Revenue, WalletRepository
from contexts.billing.application.providers import ChargeState
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import Checkout, CheckoutState, PaidWrong
from contexts.billing.domain.ledger import Transaction, transfer
from contexts.billing.domain.subscriptions import Payment, Snapshot


@dataclass(frozen=True)
class Disputes:
    fulfillment: Fulfillment
    checkouts: CheckoutRepository
    wallets: WalletRepository
    ledger: Ledger
    revenue: Revenue

    def take_back(
        self, *, checkout_id: UUID, charge: ChargeState, snapshot: Snapshot | None, now: datetime
    ) -> None:
        """Take back what a disputed charge paid for, once for a payment.

        The payment is booked first, since its own webhook may come later. `snapshot` is the
        subscription that it paid for, if any. Raises CheckoutNotFound, PaidWrong.
        """
        checkout = self.checkouts.take(checkout_id)
        cause = _disputed(checkout, charge.payment)
        if self.ledger.has(cause):
            return
        self._book(checkout, charge.payment, snapshot, now=now)
        self.ledger.post([_given_back(cause, charge.payment, now=now)])
        if snapshot is None:
            self._revoke_credits(checkout, now=now)
        else:
            self.revenue.revoke(cause=paid_by(checkout, charge.payment), now=now)
            self.fulfillment.end(checkout, now=now)
        checkout.state = CheckoutState.DISPUTED
        self.checkouts.save(checkout, now=now)

    def _book(
        self, checkout: Checkout, payment: Payment, snapshot: Snapshot | None, *, now: datetime
    ) -> None:
        if snapshot is None:
            self.fulfillment.fulfill_pack(checkout, payment, now=now)
        else:
            self.fulfillment.apply(checkout, snapshot, now=now)
        if not self.ledger.has(paid_by(checkout, payment)):
            raise PaidWrong(f"{payment.ref} is disputed and does not pay for {checkout.id}")

    def _revoke_credits(self, checkout: Checkout, *, now: datetime) -> None:
        wallet = self.wallets.open(checkout.customer_id)
        wallet.revoke(source_of(checkout.id), now=now)
        self.wallets.save(wallet)


def _disputed(checkout: Checkout, payment: Payment) -> str:
    return f"disputed:{checkout.provider}:{payment.ref}"


def _given_back(cause: str, payment: Payment, *, now: datetime) -> Transaction:
    currency = payment.amount.currency
    return transfer(
        cause=cause,
        kind="disputed",
        minor=payment.amount.minor,
        source=accounts.cash(currency),
        target=accounts.disputed(currency),
        at=now,
    )
