"""Fulfillment: a payment brings credits or an entitlement, each exactly once.

The caller has locked the checkout's row, so that all work on one checkout is in sequence.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.payments import Payments
from contexts.billing.application.ports import (
    Catalog,
    CheckoutRepository,
    Customers,
    EntitlementRepository,
    SubscriptionRepository,
    WalletRepository,
)
from contexts.billing.application.refunds import SECOND_PURCHASE, Refunds
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import Checkout, CheckoutState
from contexts.billing.domain.entitlements import Entitlement, Source
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.prices import Product
from contexts.billing.domain.subscriptions import Payment, Snapshot, Subscription
from contexts.shared.kernel import Money, new_id


@dataclass(frozen=True)
class Fulfillment:
    customers: Customers
    catalog: Catalog
    checkouts: CheckoutRepository
    subscriptions: SubscriptionRepository
    entitlements: EntitlementRepository
    wallets: WalletRepository
    payments: Payments
    refunds: Refunds

    def fulfill_pack(self, checkout: Checkout, payment: Payment | None, *, now: datetime) -> None:
        """Grant the credits of a pack. Does nothing if they were granted before."""
        if checkout.state in {CheckoutState.FULFILLED, CheckoutState.DISPUTED}:
            return
        if payment is not None:
            checkout.check_paid(payment.amount, first=True)
        worth = self.payments.book(
            checkout, payment, income=accounts.credit_liability, first=True, now=now
        )
        grant = _grant(checkout, self.catalog.product(checkout.product), worth, now=now)
        wallet = self.wallets.open(checkout.customer_id)
        wallet.grant(grant, now=now)
        self.wallets.save(wallet)
        self._close(checkout, now=now)

    def follow(self, *, snapshot: Snapshot, checkout_id: UUID, now: datetime) -> None:
        """Apply the provider's snapshot of a subscription. Raises CheckoutNotFound, PaidWrong."""
        self.apply(self.checkouts.take(checkout_id), snapshot, now=now)

    def apply(self, checkout: Checkout, snapshot: Snapshot, *, now: datetime) -> None:
        """Apply a snapshot to the subscription of a locked checkout. Starts it if it is new."""
        feature = self.catalog.product(checkout.product).feature
        # This lock lets one subscription of a customer begin at a time.
        entitlement = self.entitlements.take(checkout.customer_id, feature)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is None:
            subscription = self._start(checkout, snapshot, feature, now=now)
        for position, payment in enumerate(snapshot.paid):
            first, income = position == 0, accounts.deferred_revenue
            self.payments.book(checkout, payment, income=income, first=first, now=now)
            if subscription.is_refused and checkout.state is not CheckoutState.DISPUTED:
                self.refunds.want(checkout, payment, reason=SECOND_PURCHASE, now=now)
        if subscription.follow(snapshot):
            self.subscriptions.save(subscription)
            self._entitle(subscription, entitlement, now=now)
        if checkout.state is not CheckoutState.DISPUTED:
            self._close(checkout, now=now)

    def end(self, checkout: Checkout, *, now: datetime) -> None:
        """End the checkout's subscription and its entitlement at once."""
        feature = self.catalog.product(checkout.product).feature
        entitlement = self.entitlements.take(checkout.customer_id, feature)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is not None and subscription.end(now=now):
            self.subscriptions.save(subscription)
            self._entitle(subscription, entitlement, now=now)

    def _start(
        self, checkout: Checkout, snapshot: Snapshot, feature: str, *, now: datetime
    ) -> Subscription:
        """Start a subscription.

        A trial is refused unless it is the person's first subscription. A subscription beside a
        live one, paid on a second page, is refused too, and its payment goes back. That of a
        customer who is gone is canceled.
        """
        on_trial = bool(checkout.trial_days) and not snapshot.paid
        customer_id = checkout.customer_id
        if on_trial:
            refused = self.subscriptions.had_any(customer_id)
        else:
            refused = self.subscriptions.has_live(customer_id, feature=feature)
        subscription = Subscription(
            id=new_id(),
            customer_id=customer_id,
            checkout_id=checkout.id,
            product=checkout.product,
            feature=feature,
            provider=checkout.provider,
            provider_ref=snapshot.ref,
            started_at=snapshot.started_at,
            period_start=snapshot.period_start,
            period_end=snapshot.period_end,
            is_trial=on_trial and not refused,
        )
        if refused:
            subscription.refuse(now=now)
        elif self.customers.is_gone(customer_id):
            subscription.cancel_at_once(now=now)
        self.subscriptions.add(subscription, now=now)
        return subscription

    def _entitle(
        self, subscription: Subscription, entitlement: Entitlement, *, now: datetime
    ) -> None:
        source = Source(
            source=f"subscription:{subscription.id}",
            kind="subscription",
            starts_at=subscription.started_at,
            ends_at=subscription.entitled_until,
        )
        entitlement.put(source, now=now)
        self.entitlements.save(entitlement)

    def _close(self, checkout: Checkout, *, now: datetime) -> None:
        if checkout.state is not CheckoutState.FULFILLED:
            checkout.state = CheckoutState.FULFILLED
            self.checkouts.save(checkout, now=now)


def _grant(checkout: Checkout, product: Product, worth: Money, *, now: datetime) -> Grant:
    amount = product.credits * accounts.ONE_CREDIT
    return Grant(
        id=new_id(),
        source=source_of(checkout.id),
        kind=GrantKind.PURCHASED,
        granted=amount,
        available=amount,
        value=worth,
        expires_at=product.credits_end(now),
        granted_at=now,
    )


def source_of(checkout_id: UUID) -> str:
    """Return the source of the credits that a checkout buys."""
    return f"checkout:{checkout_id}"
