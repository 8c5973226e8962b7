"""Lesson credits: granted, held for a lesson, settled after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing.application.ports import Payees, Terms, WalletRepository
from contexts.billing.domain.accounts import ONE_CREDIT
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.wallets import NotEnoughCredits, Wallet
from contexts.billing.events import HoldLost
from contexts.shared.kernel import Money, new_id

# A credit that comes back after its expiry through no fault of the learner lives this long.
GRACE = timedelta(days=14)


@dataclass(frozen=True)
class Wallets:
    wallets: WalletRepository
    terms: Terms
    payees: Payees

    def grant(
        self,
        *,
        customer_id: UUID,
        source: str,
        kind: str,
        credits: int,  # noqa: A002 - the word of the trade
        value: Money,
        expires_at: datetime | None,
        now: datetime,
    ) -> UUID:
        """Grant whole credits, once for a source. `kind` is purchased, gift or promotional.

        `value` is the net worth of all of them together: what was paid for them, or what a
        promotion will pay the tutors for them.
        """
        wallet = self.wallets.open(customer_id)
        grant = Grant(
            id=new_id(),
            source=source,
            kind=GrantKind(kind),
            granted=credits * ONE_CREDIT,
            available=credits * ONE_CREDIT,
            value=value,
            expires_at=expires_at,
            granted_at=now,
        )
        if not self.wallets.has_grant(source):
            wallet.grant(grant, now=now)
            self.wallets.save(wallet)
        return grant.id

    def give(self, *, customer_id: UUID, source: str, count: int, days: int, now: datetime) -> UUID:
        """Grant credits without payment. A promotion pays the tutors who earn them."""
        return self.grant(
            customer_id=customer_id,
            source=source,
            kind=GrantKind.PROMOTIONAL.value,
            credits=count,
            value=self.terms.promotion(count),
            expires_at=now + timedelta(days=days),
            now=now,
        )

    def hold(
        self,
        *,
        hold_id: UUID,
        customer_id: UUID,
        tutor_id: UUID,
        amount: int = ONE_CREDIT,
        expires_at: datetime,
        now: datetime,
    ) -> UUID:
        """Hold credit until `expires_at`, and agree on the tutor's pay.

        Does nothing if the hold is open. `amount` is in hundredths of a credit.

        Raises NotEnoughCredits, HoldSettled.
        """
        wallet = self.wallets.find(customer_id, hold_id=hold_id)
        if wallet is None:
            raise NotEnoughCredits
        pay = self._pay(tutor_id, amount, now)
        wallet.hold(hold_id, amount=amount, pay=pay, expires_at=expires_at, now=now)
        self.wallets.save(wallet)
        return hold_id

    def confirm(
        self, *, hold_id: UUID, customer_id: UUID, amount: int = ONE_CREDIT, now: datetime
    ) -> None:
        """Make a hold firm, since its lesson is booked. Publishes HoldLost if no credit is left."""
        wallet = self.wallets.find(customer_id, hold_id=hold_id)
        if wallet is None:
            lost = HoldLost(occurred_at=now, hold_id=hold_id, customer_id=customer_id)
            self.wallets.announce([lost])
            return
        wallet.confirm(hold_id, amount=amount, now=now)
        self.wallets.save(wallet)

    def settle(
        self,
        *,
        hold_id: UUID,
        customer_id: UUID,
        tutor_id: UUID,
        spent_percent: int,
        in_fault: bool,
        now: datetime,
    ) -> None:
        """Settle the hold of a lesson that is over or canceled. Does nothing without a wallet.

        `in_fault` is true if the learner is the cause.
        """
        wallet = self.wallets.find(customer_id, hold_id=hold_id)
        if wallet is None:
            return
        wallet.settle(
            hold_id,
            spent_percent=spent_percent,
            tutor_id=tutor_id,
            pay=self._agreed(wallet, hold_id, tutor_id, now),
            keep_until=None if in_fault else now + GRACE,
            now=now,
        )
        self.wallets.save(wallet)

    def _agreed(self, wallet: Wallet, hold_id: UUID, tutor_id: UUID, now: datetime) -> Money:
        """Return the pay agreed at booking. Holds of earlier releases agreed on none."""
        hold = wallet.holds.get(hold_id)
        if hold and hold.pay:
            return hold.pay
        return self._pay(tutor_id, hold.wanted if hold else ONE_CREDIT, now)

    def _pay(self, tutor_id: UUID, amount: int, now: datetime) -> Money:
        price = self.terms.list_price(self.payees.currency_of(tutor_id), now=now)
        return price.pay(amount, commission=self.terms.commission(now=now))

    def expire(self, *, customer_id: UUID, now: datetime) -> None:
        """Release expired holds and drop expired credits of one wallet."""
        wallet = self.wallets.find(customer_id)
        if wallet is not None:
            wallet.expire(now=now)
            self.wallets.save(wallet)
