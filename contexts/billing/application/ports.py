"""What the use cases need of the world, in our own words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.billing.domain.commission import Commission
from contexts.billing.domain.ledger import Transaction
from contexts.billing.domain.wallet import Wallet
from contexts.shared.kernel import Event


class Ledger(Protocol):
    def post(self, transactions: Iterable[Transaction]) -> None:
        """Write them down, for good. A cause that was posted before raises AlreadyPosted."""
        ...


class Wallets(Protocol):
    def open(self, customer_id: UUID) -> Wallet:
        """The customer's, locked until the transaction ends; made where there is none yet."""
        ...

    def find(self, customer_id: UUID, *, hold_id: UUID | None = None) -> Wallet | None:
        """The same, where there is one; with what the hold has of which grant."""
        ...

    def has_grant(self, source: str) -> bool: ...

    def save(self, wallet: Wallet) -> None:
        """Rows, ledger and recorded events together."""
        ...

    def tell(self, events: Iterable[Event]) -> None:
        """Publish what happened about a customer without a wallet."""
        ...

    def with_something_due(self, *, now: datetime, most: int) -> list[UUID]:
        """Customers with a hold or a grant whose time is over."""
        ...


class Terms(Protocol):
    """Our own terms, as versioned data."""

    def commission(self, *, now: datetime) -> Commission: ...
