"""What a payment brings about: books, invoice, credits, entitlement. Each exactly once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import (
    Catalog,
    CheckoutRepository,
    EntitlementRepository,
    Invoices,
    Ledger,
    Revenue,
    SubscriptionRepository,
    Terms,
    WalletRepository,
)
from contexts.billing.domain import accounts
from contexts.billing.domain.checkouts import Checkout, CheckoutState
from contexts.billing.domain.entitlements import Entitlement, Source
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.ledger import Account, Posting, Transaction
from contexts.billing.domain.subscriptions import Payment, Snapshot, Subscription
from contexts.shared.kernel import Money, new_id


@dataclass(frozen=True)
class Fulfillment:
    """The caller holds the checkout's row: whatever belongs to it happens one after the other."""

    catalog: Catalog
    checkouts: CheckoutRepository
    subscriptions: SubscriptionRepository
    entitlements: EntitlementRepository
    wallets: WalletRepository
    ledger: Ledger
    invoices: Invoices
    revenue: Revenue
    terms: Terms

    def fulfill_pack(self, checkout: Checkout, payment: Payment | None, *, now: datetime) -> None:
        """Give the credits that were paid for; a second time changes nothing."""
        if checkout.state in {CheckoutState.FULFILLED, CheckoutState.DISPUTED}:
            return
        if payment is not None:
            checkout.check_paid(payment.amount, first=True)
        worth = self._book(checkout, payment, accounts.credit_liability, first=True, now=now)
        product = self.catalog.product(checkout.product)
        amount = product.credits * accounts.ONE_CREDIT
        grant = Grant(
            id=new_id(),
            source=source_of(checkout.id),
            kind=GrantKind.PURCHASED,
            granted=amount,
            available=amount,
            value=worth,
            expires_at=product.credits_end(now),
            granted_at=now,
        )
        wallet = self.wallets.open(checkout.customer_id)
        wallet.grant(grant, now=now)
        self.wallets.save(wallet)
        self._fulfilled(checkout, now=now)

    def follow(self, *, snapshot: Snapshot, checkout_id: UUID, now: datetime) -> None:
        """Take over what the provider says of a subscription, starting it where it is new."""
        self.take_over(self.checkouts.take(checkout_id), snapshot, now=now)

    def take_over(self, checkout: Checkout, snapshot: Snapshot, *, now: datetime) -> None:
        """The same, with the checkout's row held already."""
        feature = self.catalog.product(checkout.product).feature
        # Held from here on: of a customer's subscriptions one begins at a time.
        entitlement = self.entitlements.take(checkout.customer_id, feature)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is None:
            subscription = self._started(checkout, snapshot, feature, now=now)
        for position, payment in enumerate(snapshot.paid):
            first = position == 0
            self._book(checkout, payment, accounts.deferred_revenue, first=first, now=now)
        if subscription.follow(snapshot):
            self.subscriptions.save(subscription)
            self._entitle(subscription, entitlement, now=now)
        if checkout.state is not CheckoutState.DISPUTED:
            self._fulfilled(checkout, now=now)

    def end(self, checkout: Checkout, *, now: datetime) -> None:
        """The subscription that began with it is over at once, and so is what it entitles to."""
        feature = self.catalog.product(checkout.product).feature
        entitlement = self.entitlements.take(checkout.customer_id, feature)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is not None and subscription.end(now=now):
            self.subscriptions.save(subscription)
            self._entitle(subscription, entitlement, now=now)

    def _started(
        self, checkout: Checkout, snapshot: Snapshot, feature: str, *, now: datetime
    ) -> Subscription:
        """A trial that is not the person's first subscription ends before it begins."""
        on_trial = bool(checkout.trial_days) and not snapshot.paid
        refused = on_trial and self.subscriptions.had_any(checkout.customer_id)
        subscription = Subscription(
            id=new_id(),
            customer_id=checkout.customer_id,
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

    def _book(
        self,
        checkout: Checkout,
        payment: Payment | None,
        income: Callable[[str], Account],
        *,
        first: bool,
        now: datetime,
    ) -> Money:
        """Put money into the books and on an invoice, once; gives what it is without the tax."""
        if payment is None or not payment.amount.minor:
            return Money(0, checkout.amount.currency)
        cause = paid_by(checkout, payment)
        gross, currency = payment.amount, payment.amount.currency
        tax = self.terms.tax(checkout.country, now=payment.paid_at)
        within = tax.within(gross)
        net = gross - within
        if self.ledger.has(cause):
            return net
        checkout.check_paid(payment.amount, first=first)
        postings = (
            Posting(accounts.cash(currency), gross.minor),
            Posting(accounts.tax(currency), -within.minor),
            Posting(income(currency), -net.minor),
        )
        moving = tuple(posting for posting in postings if posting.minor)
        paid = Transaction(cause=cause, kind="payment", postings=moving, occurred_at=now)
        self.ledger.post([paid])
        self.invoices.issue(checkout=checkout, payment=payment, cause=cause, tax=tax, now=now)
        if income is accounts.deferred_revenue and net.minor:
            over = payment.period_end or payment.paid_at
            self.revenue.defer(cause=cause, net=net, earned_at=over)
        return net

    def _fulfilled(self, checkout: Checkout, *, now: datetime) -> None:
        if checkout.state is not CheckoutState.FULFILLED:
            checkout.state = CheckoutState.FULFILLED
            self.checkouts.save(checkout, now=now)


def paid_by(checkout: Checkout, payment: Payment) -> str:
    """The cause under which a payment stands in the books."""
    return f"payment:{checkout.provider}:{payment.ref}"


def source_of(checkout_id: UUID) -> str:
    """The name of the credits that a checkout buys."""
    return f"checkout:{checkout_id}"
