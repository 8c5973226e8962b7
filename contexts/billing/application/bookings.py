"""What a payment brings about: books, invoice, credits, entitlement. Each exactly once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.ports import (
    Catalog,
    Checkouts,
    Invoices,
    Ledger,
    Revenue,
    Subscriptions,
    Terms,
    Timelines,
    Wallets,
)
from contexts.billing.domain import accounts
from contexts.billing.domain.checkout import Checkout, CheckoutState
from contexts.billing.domain.entitlement import Source
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.domain.ledger import Account, Posting, Transaction, transfer
from contexts.billing.domain.subscription import Payment, Snapshot, Subscription
from contexts.shared.kernel import Money, new_id


@dataclass(frozen=True)
class Bookings:
    """The caller holds the checkout's row: whatever belongs to it happens one after the other."""

    catalog: Catalog
    checkouts: Checkouts
    subscriptions: Subscriptions
    timelines: Timelines
    wallets: Wallets
    ledger: Ledger
    invoices: Invoices
    revenue: Revenue
    terms: Terms

    def fulfill_pack(self, checkout: Checkout, payment: Payment | None, *, now: datetime) -> None:
        """Give the credits that were paid for; a second time changes nothing."""
        if checkout.state in {CheckoutState.FULFILLED, CheckoutState.DISPUTED}:
            return
        if payment is not None:
            checkout.check_paid(payment.amount)
        worth = self._book(checkout, payment, accounts.credit_liability, now=now)
        product = self.catalog.product(checkout.product)
        amount = product.credits * accounts.ONE_CREDIT
        grant = Grant(
            id=new_id(),
            source=_source(checkout.id),
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
        checkout = self.checkouts.take(checkout_id)
        subscription = self.subscriptions.of(checkout_id)
        if subscription is None:
            subscription = self._started(checkout, snapshot, now=now)
        for payment in snapshot.paid:
            self._book(checkout, payment, accounts.deferred_revenue, now=now)
        if subscription.follow(snapshot):
            self.subscriptions.save(subscription, now=now)
            self._entitle(subscription, now=now)
        if checkout.state is not CheckoutState.DISPUTED:
            self._fulfilled(checkout, now=now)

    def take_back(
        self, checkout: Checkout, *, charge_ref: str, amount: Money, now: datetime
    ) -> None:
        """A dispute: the money is gone from us, and the credits that are left from the buyer."""
        cause = f"disputed:{checkout.provider}:{charge_ref}"
        if self.ledger.has(cause):
            return
        cash, target = accounts.cash(amount.currency), accounts.disputed(amount.currency)
        moved = transfer(
            cause=cause, kind="disputed", minor=amount.minor, source=cash, target=target, at=now
        )
        self.ledger.post([moved])
        wallet = self.wallets.find(checkout.customer_id)
        if wallet is not None:
            wallet.revoke(_source(checkout.id), now=now)
            self.wallets.save(wallet)
        checkout.state = CheckoutState.DISPUTED
        self.checkouts.save(checkout, now=now)

    def _started(self, checkout: Checkout, snapshot: Snapshot, *, now: datetime) -> Subscription:
        subscription = Subscription(
            id=new_id(),
            customer_id=checkout.customer_id,
            checkout_id=checkout.id,
            product=checkout.product,
            feature=self.catalog.product(checkout.product).feature,
            provider=checkout.provider,
            provider_ref=snapshot.ref,
            started_at=snapshot.started_at,
            period_start=snapshot.period_start,
            period_end=snapshot.period_end,
        )
        self.subscriptions.add(subscription, now=now)
        return subscription

    def _entitle(self, subscription: Subscription, *, now: datetime) -> None:
        timeline = self.timelines.take(subscription.customer_id, subscription.feature)
        source = Source(
            source=f"subscription:{subscription.id}",
            kind="subscription",
            starts_at=subscription.started_at,
            ends_at=subscription.entitled_until,
        )
        timeline.put(source, now=now)
        self.timelines.save(timeline)

    def _book(
        self,
        checkout: Checkout,
        payment: Payment | None,
        income: Callable[[str], Account],
        *,
        now: datetime,
    ) -> Money:
        """Put money into the books and on an invoice, once; gives what it is without the tax."""
        if payment is None or not payment.amount.minor:
            return Money(0, checkout.amount.currency)
        checkout.check_paid(payment.amount)
        cause = f"payment:{checkout.provider}:{payment.ref}"
        gross, currency = payment.amount, payment.amount.currency
        tax = self.terms.tax(checkout.country, now=payment.paid_at)
        within = tax.within(gross)
        net = gross - within
        if self.ledger.has(cause):
            return net
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


def _source(checkout_id: UUID) -> str:
    return f"checkout:{checkout_id}"
