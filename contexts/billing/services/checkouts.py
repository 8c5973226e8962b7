"""Buying: the purchase is agreed here first, then the provider is asked, then its word is kept."""

from datetime import datetime
from uuid import UUID

from contexts.billing.adapters import checkouts, prices, providers
from contexts.billing.adapters import subscriptions as kept_subscriptions
from contexts.billing.application.ports import Order, Provider
from contexts.billing.domain.checkouts import Checkout, CheckoutNotFound, CheckoutState
from contexts.billing.domain.prices import Product
from contexts.billing.events import CancellationAsked
from contexts.billing.services import wiring
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Money
from contexts.shared.messaging.publishing import publish

atomic = for_context("billing")

load_prices = atomic(prices.load_prices)
_redeem = atomic(wiring.vouchers.redeem)
give_days = atomic(wiring.vouchers.give_days)
_begin = atomic(wiring.checkouts.begin)
_opened = atomic(wiring.checkouts.opened)
_settle = atomic(wiring.checkouts.settle)
_settle_free = atomic(wiring.checkouts.settle_free)
_follow = atomic(wiring.fulfillment.follow)
_want_end = atomic(wiring.checkouts.want_end)


def begin_checkout(
    *,
    checkout_id: UUID,
    customer_id: UUID,
    product: str,
    voucher: str | None = None,
    trial: bool = False,
    now: datetime,
) -> UUID:
    """Buy something: fix the price and get the page to pay on; once a request's key.

    Raises UnknownProduct, VoucherRefused, AlreadySubscribed, NoTrial, PaymentsUnavailable; after
    the last one, the same request goes on where it stood.
    """
    begun = _begin(
        checkout_id=checkout_id,
        customer_id=customer_id,
        product=product,
        voucher=_code(voucher) if voucher else None,
        trial=trial,
        provider=providers.current().name,
        now=now,
    )
    open_checkout(checkout_id=begun, now=now)
    return begun


def open_checkout(*, checkout_id: UUID, now: datetime) -> None:
    """Have the provider make a page for what was begun. Raises PaymentsUnavailable."""
    checkout = checkouts.find(checkout_id)
    if checkout is None or checkout.state is not CheckoutState.BEGUN:
        return
    product = wiring.catalog.product(checkout.product)
    if not product.is_subscription and not checkout.due.minor:
        _settle_free(checkout_id=checkout_id, now=now)
        return
    provider = providers.named(checkout.provider)
    session = provider.create_checkout(_order(checkout, product), now=now)
    _opened(checkout_id=checkout_id, session=session, now=now)


def look_at_checkout(*, checkout_id: UUID, now: datetime) -> None:
    """Ask the provider how a purchase stands, and do what follows from it.

    Raises PaymentsUnavailable.
    """
    checkout = checkouts.find(checkout_id)
    if checkout is None:
        return
    checkouts.look_later(checkout_id, now=now)
    open_checkout(checkout_id=checkout_id, now=now)
    if checkout.provider_ref:
        settle_checkout(providers.named(checkout.provider), checkout.provider_ref, now=now)


def settle_checkout(provider: Provider, ref: str, *, now: datetime) -> bool:
    """The same by the provider's own name for it; False where either side knows nothing of it."""
    seen = provider.fetch_checkout(ref)
    checkout_id = as_id(seen.reference) if seen else None
    if seen is None or checkout_id is None:
        return False
    try:
        if seen.subscription_ref:
            return follow_subscription(provider, seen.subscription_ref, now=now)
        _settle(checkout_id=checkout_id, seen=seen, now=now)
    except CheckoutNotFound:
        return False
    return True


def follow_subscription(provider: Provider, ref: str, *, now: datetime) -> bool:
    """Take over how a subscription stands; False where either side knows nothing of it."""
    snapshot = provider.fetch_subscription(ref)
    checkout_id = as_id(snapshot.reference) if snapshot else None
    if snapshot is None or checkout_id is None:
        return False
    try:
        _follow(snapshot=snapshot, checkout_id=checkout_id, now=now)
    except CheckoutNotFound:
        return False
    return True


@atomic
def ask_to_cancel(*, subscription_id: UUID, customer_id: UUID, now: datetime) -> UUID:
    """Have a subscription end with what is paid; the provider is told right after the commit.

    Raises SubscriptionNotFound.
    """
    _want_end(subscription_id=subscription_id, customer_id=customer_id, at_once=False, now=now)
    asked = CancellationAsked(
        occurred_at=now, customer_id=customer_id, subscription_id=subscription_id
    )
    publish([asked])
    return subscription_id


def cancel_subscription(
    *, subscription_id: UUID, customer_id: UUID, at_once: bool = False, now: datetime
) -> UUID:
    """End a subscription, at the end of what is paid unless at once.

    What the provider cannot be told now, the sweep tells it. Raises SubscriptionNotFound,
    PaymentsUnavailable.
    """
    _want_end(subscription_id=subscription_id, customer_id=customer_id, at_once=at_once, now=now)
    look_at_subscription(subscription_id=subscription_id, now=now)
    return subscription_id


def look_at_subscription(*, subscription_id: UUID, now: datetime) -> None:
    """Tell the provider what is wanted and take over what it says. Raises PaymentsUnavailable."""
    subscription = kept_subscriptions.find(subscription_id)
    if subscription is None or not (subscription.state.is_live or subscription.cancel_wanted):
        return
    kept_subscriptions.look_later(subscription_id, now=now)
    provider, ref = providers.named(subscription.provider), subscription.provider_ref
    if not subscription.cancel_wanted:
        follow_subscription(provider, ref, now=now)
        return
    at_once = subscription.cancel_wanted == "now"
    snapshot = provider.cancel(ref, at_once=at_once, now=now)
    _follow(snapshot=snapshot, checkout_id=subscription.checkout_id, now=now)


def redeem_voucher(*, customer_id: UUID, code: str, now: datetime) -> None:
    """Add a voucher's free days of Premium behind what there is. Raises VoucherRefused."""
    _redeem(customer_id=customer_id, code=_code(code), now=now)


def _code(typed: str) -> str:
    """As vouchers are kept, however it is typed."""
    return typed.strip().upper()


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _order(checkout: Checkout, product: Product) -> Order:
    renewal = checkout.price if product.is_subscription else Money(0, checkout.price.currency)
    return Order(
        checkout_id=checkout.id,
        customer_id=checkout.customer_id,
        description=wiring.catalog.name(checkout.product, language=checkout.language),
        due=checkout.due,
        first=checkout.amount,
        renewal=renewal,
        months=product.months,
        trial_days=checkout.trial_days,
        language=checkout.language,
    )
