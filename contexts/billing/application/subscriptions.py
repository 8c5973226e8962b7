"""Ending a subscription at the customer's wish."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import CheckoutRepository, SubscriptionRepository
from contexts.billing.domain.subscriptions import SubscriptionNotFound


@dataclass(frozen=True)
class Subscriptions:
    checkouts: CheckoutRepository
    subscriptions: SubscriptionRepository

    def want_end(
        self, *, subscription_id: UUID, customer_id: UUID, at_once: bool, now: datetime
    ) -> UUID:
        """Record that a subscription shall end. The provider hears of it next.

        Does nothing if it has ended. Raises SubscriptionNotFound, also for another person's.
        """
        checkout = self.checkouts.take_of(subscription_id)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is None or checkout.customer_id != customer_id:
            raise SubscriptionNotFound
        if subscription.state.is_live:
            subscription.cancel_wanted = "now" if at_once else "end"
            self.subscriptions.save(subscription)
        return subscription_id

    def want_resume(self, *, subscription_id: UUID, customer_id: UUID, now: datetime) -> UUID:
        """Record that a canceled subscription shall go on. The provider hears of it next.

        Raises SubscriptionNotFound, also for another person's, NotCanceled.
        """
        checkout = self.checkouts.take_of(subscription_id)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is None or checkout.customer_id != customer_id:
            raise SubscriptionNotFound
        subscription.resume(now=now)
        self.subscriptions.save(subscription)
        return subscription_id
