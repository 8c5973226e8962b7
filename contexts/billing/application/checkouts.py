"""Checkouts: the steps in billing's own transactions, before and after the provider."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.billing.application.fulfillment import Fulfillment
from contexts.billing.application.ports import (
    Catalog,
    CheckoutRepository,
    Customers,
    SubscriptionRepository,
    VoucherRepository,
)
from contexts.billing.application.providers import Session, SessionState
from contexts.billing.domain.billed_to import NOBODY, BilledTo
from contexts.billing.domain.checkouts import AlreadySubscribed, Checkout, CheckoutState, NoTrial
from contexts.billing.domain.prices import Offer
from contexts.billing.domain.quotes import ACCOUNT_ENDED
from contexts.billing.domain.vouchers import normalized


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
        billed_to: BilledTo = NOBODY,
        now: datetime,
    ) -> UUID:
        """Record the product and its price. The voucher counts as used from now on.

        Raises UnknownProduct, VoucherRefused, AlreadySubscribed, NoTrial.
        """
        buyer = self.customers.buyer(customer_id, now=now)
        offer = self.catalog.offer(product, country=buyer.country, now=now)
        checkout = Checkout(
            id=checkout_id,
            customer_id=customer_id,
            product=product,
            price=offer.price,
            amount=offer.price,
            country=buyer.country,
            language=buyer.language,
            trial_days=self._trial_days(customer_id, offer, trial),
            voucher=normalized(voucher) if voucher else None,
            state=CheckoutState.BEGUN,
            provider=provider,
            provider_ref=None,
            url="",
            created_at=now,
            billed_to=billed_to,
        )
        if checkout.voucher is None:
            self.checkouts.add(checkout, price_id=offer.price_id)
        else:
            self._with_voucher(checkout, checkout.voucher, offer=offer, now=now)
        return checkout_id

    def open(self, *, checkout_id: UUID, session: Session, now: datetime) -> None:
        """Record the provider's page. Does nothing if the checkout has one."""
        checkout = self.checkouts.take(checkout_id)
        if checkout.state is CheckoutState.BEGUN:
            checkout.state = CheckoutState.OPEN
            checkout.provider_ref, checkout.url = session.ref, session.url
            self.checkouts.save(checkout, now=now)

    def settle(self, *, checkout_id: UUID, seen: SessionState, now: datetime) -> None:
        """Apply the provider's state of a pack's checkout: fulfill it if paid, or expire it.

        A page that another one has replaced expires nothing. A new price of nothing needs no card:
        what was agreed is fulfilled once the card is released.
        """
        checkout = self.checkouts.take(checkout_id)
        if seen.status == "paid" and seen.payment is not None:
            self.fulfillment.fulfill_pack(checkout, seen.payment, now=now)
        elif seen.status == "expired" and checkout.provider_ref in {None, seen.ref}:
            if self._is_agreed_free(checkout):
                self.fulfillment.fulfill_pack(checkout, None, now=now)
            else:
                self._expire(checkout, now=now)

    def expire(self, *, checkout_id: UUID, now: datetime) -> None:
        """Expire a checkout that has no page at the provider yet."""
        self._expire(self.checkouts.take(checkout_id), now=now)

    def drop(self, *, checkout_id: UUID, now: datetime) -> None:
        """Sell nothing to a customer who is gone. A page at the provider is left to the sweep."""
        checkout = self.checkouts.take(checkout_id)
        if checkout.provider_ref is None:
            self._expire(checkout, now=now)
        elif checkout.state.is_pending:
            checkout.refuse(ACCOUNT_ENDED)
            self.checkouts.save(checkout, now=now)

    def settle_free(self, *, checkout_id: UUID, now: datetime) -> None:
        """Fulfill a checkout that costs nothing."""
        self.fulfillment.fulfill_pack(self.checkouts.take(checkout_id), None, now=now)

    def _is_agreed_free(self, checkout: Checkout) -> bool:
        agreed = checkout.state is CheckoutState.AGREED
        return agreed and checkout.is_free(self.catalog.product(checkout.product))

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
            checkout.state, checkout.quote = CheckoutState.EXPIRED, None
            self.checkouts.save(checkout, now=now)
            if checkout.voucher:
                self.vouchers.give_back(checkout.voucher, checkout_id=checkout.id)
