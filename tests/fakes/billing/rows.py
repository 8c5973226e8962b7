"""All rows of billing, in memory."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.entitlements import Entitlement
from contexts.billing.domain.evidence import Evidence
from contexts.billing.domain.ledger import Transaction
from contexts.billing.domain.subscriptions import Subscription
from contexts.billing.domain.vouchers import Voucher
from contexts.billing.domain.wallets import Wallet
from contexts.shared.kernel import Event, Money


@dataclass
class Rows:
    """All that billing stores."""

    checkouts: dict[UUID, Checkout] = field(default_factory=dict)
    subscriptions: dict[UUID, Subscription] = field(default_factory=dict)
    entitlements: dict[tuple[UUID, str], Entitlement] = field(default_factory=dict)
    wallets: dict[UUID, Wallet] = field(default_factory=dict)
    vouchers: dict[str, Voucher] = field(default_factory=dict)
    uses: dict[tuple[str, UUID], UUID | None] = field(default_factory=dict)
    posted: dict[str, Transaction] = field(default_factory=dict)
    invoices: list[tuple[int, str]] = field(default_factory=list)
    deferred: dict[str, Money] = field(default_factory=dict)
    refunds: list[tuple[str, str]] = field(default_factory=list)
    evidence: dict[UUID, tuple[Evidence, ...]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def save(self, aggregate: Any) -> Any:
        """Record the events of an aggregate and return a copy to store."""
        self.events += aggregate.collect_events()
        return deepcopy(aggregate)
