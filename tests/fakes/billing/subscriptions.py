"""Subscriptions and what they entitle to."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.domain.entitlements import Entitlement
from contexts.billing.domain.subscriptions import Subscription
from tests.fakes.billing.rows import Rows


@dataclass
class FakeSubscriptions:
    rows: Rows

    def has_live(self, customer_id: UUID, *, feature: str) -> bool:
        return any(one.state.is_live and one.feature == feature for one in self._of(customer_id))

    def had_any(self, customer_id: UUID) -> bool:
        return bool(self._of(customer_id))

    def of(self, checkout_id: UUID) -> Subscription | None:
        return deepcopy(self.rows.subscriptions.get(checkout_id))

    def add(self, subscription: Subscription, *, now: datetime) -> None:
        # Its events are stored when it is saved, as in the database.
        self.rows.subscriptions[subscription.checkout_id] = deepcopy(subscription)

    def save(self, subscription: Subscription) -> None:
        self.rows.subscriptions[subscription.checkout_id] = self.rows.save(subscription)

    def _of(self, customer_id: UUID) -> list[Subscription]:
        return [one for one in self.rows.subscriptions.values() if one.customer_id == customer_id]


@dataclass
class FakeEntitlements:
    rows: Rows

    def take(self, customer_id: UUID, feature: str) -> Entitlement:
        fresh = Entitlement(customer_id=customer_id, feature=feature)
        return deepcopy(self.rows.entitlements.setdefault((customer_id, feature), fresh))

    def save(self, entitlement: Entitlement) -> None:
        key = entitlement.customer_id, entitlement.feature
        self.rows.entitlements[key] = self.rows.save(entitlement)
