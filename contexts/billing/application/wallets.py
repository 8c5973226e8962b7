"""Lesson credits: given, held for a lesson, settled when it is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing.application.ports import Terms, WalletRepository
from contexts.billing.domain.grants import Grant
from contexts.billing.domain.wallets import NotEnoughCredits
from contexts.billing.events import HoldLost

# Credits that come back after their time, through no fault of the learner's, live on this long.
GRACE = timedelta(days=14)


@dataclass(frozen=True)
class Wallets:
    wallets: WalletRepository
    terms: Terms

    def grant(self, *, customer_id: UUID, grant: Grant, now: datetime) -> UUID:
        """Give credits, once for a source."""
        wallet = self.wallets.open(customer_id)
        if not self.wallets.has_grant(grant.source):
            wallet.grant(grant, now=now)
            self.wallets.save(wallet)
        return grant.id

    def hold(
        self, *, hold_id: UUID, customer_id: UUID, expires_at: datetime, now: datetime
    ) -> UUID:
        """Hold one lesson credit until then; a second time changes nothing.

        Raises NotEnoughCredits, HoldSettled.
        """
        wallet = self.wallets.find(customer_id, hold_id=hold_id)
        if wallet is None:
            raise NotEnoughCredits
        wallet.hold(hold_id, expires_at=expires_at, now=now)
        self.wallets.save(wallet)
        return hold_id

    def confirm(self, *, hold_id: UUID, customer_id: UUID, now: datetime) -> None:
        """The lesson stands: keep its credit for it, or say that it is lost."""
        wallet = self.wallets.find(customer_id, hold_id=hold_id)
        if wallet is None:
            self.wallets.tell([HoldLost(occurred_at=now, hold_id=hold_id, customer_id=customer_id)])
            return
        wallet.confirm(hold_id, now=now)
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
        """The lesson is over or will not be; `in_fault` says that the learner is the cause."""
        wallet = self.wallets.find(customer_id, hold_id=hold_id)
        if wallet is None:
            return
        wallet.settle(
            hold_id,
            spent_percent=spent_percent,
            tutor_id=tutor_id,
            commission=self.terms.commission(now=now),
            keep_until=None if in_fault else now + GRACE,
            now=now,
        )
        self.wallets.save(wallet)

    def expire(self, *, customer_id: UUID, now: datetime) -> None:
        """Drop what is over in one wallet."""
        wallet = self.wallets.find(customer_id)
        if wallet is not None:
            wallet.expire(now=now)
            self.wallets.save(wallet)
