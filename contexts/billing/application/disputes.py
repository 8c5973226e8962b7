"""A buyer's bank takes the money back: so is what it bought, as far as it is left."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.fulfillment import Fulfillment, paid_by, source_of
from contexts.billing.application.ports import (
    ChargeState,
    CheckoutRepository,
    Ledger,
    Revenue,
    WalletRepository,
)
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
        """Once for a payment, which is booked first, should its own webhook be still to come.

        `snapshot` is the subscription that it paid for. Raises CheckoutNotFound, PaidWrong.
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
            self.fulfillment.take_over(checkout, snapshot, now=now)
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
