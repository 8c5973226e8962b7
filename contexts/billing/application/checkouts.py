"""Buying: what is agreed before the provider is asked, and what follows when it is paid."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.fulfillment import Fulfillment
from contexts.billing.application.ports import (
    Catalog,
    CheckoutRepository,
    Customers,
    Session,
    SessionState,
    SubscriptionRepository,
    VoucherRepository,
)
from contexts.billing.domain.checkouts import Checkout, CheckoutState
from contexts.billing.domain.prices import AlreadySubscribed, NoTrial, Offer
from contexts.billing.domain.subscriptions import SubscriptionNotFound


@dataclass(frozen=True)
class Checkouts:
    customers: Customers
    catalog: Catalog
    vouchers: VoucherRepository
    checkouts: CheckoutRepository
    subscriptions: SubscriptionRepository
    fulfillment: Fulfillment

    def begin(
        self,
        *,
        checkout_id: UUID,
        customer_id: UUID,
        product: str,
        voucher: str | None,
        trial: bool,
        provider: str,
        now: datetime,
    ) -> UUID:
        """Fix what is bought and what it costs. The voucher is used from now on.

        Raises UnknownProduct, VoucherRefused, AlreadySubscribed, NoTrial.
        """
        buyer = self.customers.buyer(customer_id)
        offer = self.catalog.offer(product, country=buyer.country, now=now)
        trial_days = self._trial_days(customer_id, offer, trial)
        checkout = Checkout(
            id=checkout_id,
            customer_id=customer_id,
            product=product,
            price=offer.price,
            amount=offer.price,
            country=buyer.country,
            language=buyer.language,
            trial_days=trial_days,
            voucher=voucher,
            state=CheckoutState.BEGUN,
            provider=provider,
            provider_ref=None,
            url="",
            created_at=now,
        )
        if voucher is None:
            self.checkouts.add(checkout, price_id=offer.price_id)
        else:
            self._with_voucher(checkout, voucher, offer=offer, now=now)
        return checkout_id

    def opened(self, *, checkout_id: UUID, session: Session, now: datetime) -> None:
        """The provider has a page for it."""
        checkout = self.checkouts.take(checkout_id)
        if checkout.state is CheckoutState.BEGUN:
            checkout.state = CheckoutState.OPEN
            checkout.provider_ref, checkout.url = session.ref, session.url
            self.checkouts.save(checkout, now=now)

    def settle(self, *, checkout_id: UUID, seen: SessionState, now: datetime) -> None:
        """What the provider says of a pack's purchase: fulfill it once when it is paid."""
        checkout = self.checkouts.take(checkout_id)
        if seen.status == "paid" and seen.payment is not None:
            self.fulfillment.fulfill_pack(checkout, seen.payment, now=now)
        elif seen.status == "expired":
            self._expire(checkout, now=now)

    def settle_free(self, *, checkout_id: UUID, now: datetime) -> None:
        """There is nothing to pay."""
        self.fulfillment.fulfill_pack(self.checkouts.take(checkout_id), None, now=now)

    def want_end(
        self, *, subscription_id: UUID, customer_id: UUID, at_once: bool, now: datetime
    ) -> UUID:
        """Note that a subscription shall end; the provider is told next.

        Raises SubscriptionNotFound, also for somebody else's.
        """
        checkout = self.checkouts.take_of(subscription_id)
        subscription = self.subscriptions.of(checkout.id)
        if subscription is None or checkout.customer_id != customer_id:
            raise SubscriptionNotFound
        if subscription.state.is_live:
            subscription.cancel_wanted = "now" if at_once else "end"
            self.subscriptions.save(subscription)
        return subscription_id

    def _trial_days(self, customer_id: UUID, offer: Offer, trial: bool) -> int:
        product = offer.product
        if product.is_subscription and self.subscriptions.has_live(
            customer_id, feature=product.feature
        ):
            raise AlreadySubscribed
        if not trial:
            return 0
        if not product.trial_days or self.subscriptions.had_any(customer_id):
            raise NoTrial
        return product.trial_days

    def _with_voucher(self, checkout: Checkout, code: str, *, offer: Offer, now: datetime) -> None:
        voucher = self.vouchers.take(code)
        voucher.use(used_before=self.vouchers.used_by(code, checkout.customer_id), now=now)
        checkout.amount = checkout.price - voucher.off(checkout.price)
        self.checkouts.add(checkout, price_id=offer.price_id)
        self.vouchers.save_use(
            voucher, customer_id=checkout.customer_id, checkout_id=checkout.id, now=now
        )

    def _expire(self, checkout: Checkout, *, now: datetime) -> None:
        if checkout.state.is_pending:
            checkout.state = CheckoutState.EXPIRED
            self.checkouts.save(checkout, now=now)
            if checkout.voucher:
                self.vouchers.give_back(checkout.voucher, checkout_id=checkout.id)
