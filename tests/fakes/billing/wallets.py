"""Wallets of lesson credits."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from uuid import UUID

from contexts.billing.domain.wallets import HoldNotFound, Wallet
from contexts.shared.kernel import Event
from tests.fakes.billing.ledger import FakeLedger
from tests.fakes.billing.rows import Rows


@dataclass
class FakeWallets:
    rows: Rows

    def open(self, customer_id: UUID) -> Wallet:
        return deepcopy(self.rows.wallets.setdefault(customer_id, Wallet(customer_id=customer_id)))

    def find(self, customer_id: UUID, *, hold_id: UUID | None = None) -> Wallet | None:
        others = (each for owner, each in self.rows.wallets.items() if owner != customer_id)
        if customer_id in self.rows.wallets and any(hold_id in each.holds for each in others):
            raise HoldNotFound
        return deepcopy(self.rows.wallets.get(customer_id))

    def has_grant(self, source: str) -> bool:
        return any(
            grant.source == source
            for wallet in self.rows.wallets.values()
            for grant in wallet.grants.values()
        )

    def save(self, wallet: Wallet) -> None:
        FakeLedger(self.rows).post(wallet.posted)
        wallet.posted.clear()
        self.rows.wallets[wallet.customer_id] = self.rows.save(wallet)

    def announce(self, events: Iterable[Event]) -> None:
        self.rows.events += events
