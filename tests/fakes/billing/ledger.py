"""The ledger, and revenue that waits to be earned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from contexts.billing.domain import accounts
from contexts.billing.domain.ledger import AlreadyPosted, Transaction, transfer
from contexts.shared.kernel import Money
from tests.fakes.billing.rows import Rows


@dataclass
class FakeLedger:
    rows: Rows

    def post(self, transactions: Iterable[Transaction]) -> None:
        for one in transactions:
            if one.cause in self.rows.posted:
                raise AlreadyPosted
            self.rows.posted[one.cause] = one

    def has(self, cause: str) -> bool:
        return cause in self.rows.posted


@dataclass
class FakeRevenue:
    rows: Rows

    def defer(self, *, cause: str, net: Money, earned_at: datetime) -> None:
        self.rows.deferred[cause] = net

    def drop(self, *, cause: str) -> None:
        self.rows.deferred.pop(cause, None)

    def revoke(self, *, cause: str, now: datetime) -> None:
        net = self.rows.deferred.pop(cause, None)
        if net is not None:
            given_up = transfer(
                cause=f"revoked:{cause}",
                kind="revoked",
                minor=net.minor,
                source=accounts.revoked(net.currency),
                target=accounts.deferred_revenue(net.currency),
                at=now,
            )
            FakeLedger(self.rows).post([given_up])
