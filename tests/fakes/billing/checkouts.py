"""Checkouts and the people who buy."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import Buyer
from contexts.billing.domain.checkouts import Checkout, CheckoutNotFound
from contexts.billing.domain.subscriptions import SubscriptionNotFound
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


class FakeCustomers:
    def buyer(self, customer_id: UUID) -> Buyer:
        return Buyer(country="ES", language="es")
