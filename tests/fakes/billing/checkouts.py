"""Checkouts and the people who buy."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import Buyer
from contexts.billing.domain.checkouts import Checkout, CheckoutNotFound
from contexts.billing.domain.evidence import Evidence
from contexts.billing.domain.subscriptions import SubscriptionNotFound
from contexts.shared.kernel import Event
from tests.fakes.billing.rows import Rows


@dataclass
class FakeCheckouts:
    rows: Rows

    def add(self, checkout: Checkout, *, price_id: UUID) -> None:
        self.rows.checkouts[checkout.id] = deepcopy(checkout)

    def take(self, checkout_id: UUID) -> Checkout:
        if checkout_id not in self.rows.checkouts:
            raise CheckoutNotFound
        return deepcopy(self.rows.checkouts[checkout_id])

    def take_of(self, subscription_id: UUID) -> Checkout:
        for one in self.rows.subscriptions.values():
            if one.id == subscription_id:
                return self.take(one.checkout_id)
        raise SubscriptionNotFound

    def save(self, checkout: Checkout, *, now: datetime) -> None:
        self.rows.checkouts[checkout.id] = deepcopy(checkout)

    def announce(self, events: Iterable[Event]) -> None:
        self.rows.events += events


@dataclass
class FakeEvidence:
    rows: Rows

    def of(self, checkout_id: UUID) -> tuple[Evidence, ...]:
        return self.rows.evidence.get(checkout_id, ())

    def keep(self, checkout_id: UUID, pieces: Iterable[Evidence]) -> None:
        self.rows.evidence[checkout_id] = tuple(pieces)


@dataclass
class FakeCustomers:
    """Everybody lives in one country, by default in Spain."""

    country: str = "ES"
    proven: dict[str, datetime] = field(default_factory=dict)
    gone: bool = False

    def buyer(self, customer_id: UUID, *, now: datetime) -> Buyer:
        return Buyer(country=self.country, language="es")

    def prove(self, customer_id: UUID, country: str, *, now: datetime) -> None:
        self.proven[country] = now

    def proven_at(self, customer_id: UUID, country: str, *, now: datetime) -> datetime | None:
        return self.proven.get(country)

    def is_gone(self, customer_id: UUID) -> bool:
        return self.gone
