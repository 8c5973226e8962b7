"""Deferred revenue in rows."""

from dataclasses import dataclass
from datetime import datetime

from contexts.billing import models as rows
from contexts.billing.application.ports import Ledger
from contexts.billing.domain import accounts
from contexts.billing.domain.ledger import transfer
from contexts.shared.kernel import Money


@dataclass(frozen=True, slots=True)
class OrmRevenue:
    ledger: Ledger

    def defer(self, *, cause: str, net: Money, earned_at: datetime) -> None:
        rows.UnearnedRevenue.objects.create(
            cause=cause, currency=net.currency, minor=net.minor, earned_at=earned_at
        )

    def drop(self, *, cause: str) -> None:
        rows.UnearnedRevenue.objects.filter(pk=cause).delete()

    def revoke(self, *, cause: str, now: datetime) -> None:
        row = rows.UnearnedRevenue.objects.select_for_update().filter(pk=cause).first()
        if row is None:
            return
        given_up = transfer(
            cause=f"revoked:{cause}",
            kind="revoked",
            minor=row.minor,
            source=accounts.revoked(row.currency),
            target=accounts.deferred_revenue(row.currency),
            at=now,
        )
        self.ledger.post([given_up])
        row.delete()
