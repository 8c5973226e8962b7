"""The flow of a checkout: commit the intent, ask the provider, commit its answer."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from contexts.billing.adapters import checkouts as rows
from contexts.billing.adapters import providers
from contexts.billing.application.providers import Provider, order_of
from contexts.billing.domain.billed_to import BilledTo
from contexts.billing.domain.checkouts import CheckoutNotFound, CheckoutState, checkout_id_of
from contexts.billing.services import subscriptions
from contexts.billing.services.wiring import atomic, catalog, checkouts

_begin = atomic(checkouts.begin)
_open = atomic(checkouts.open)
_settle = atomic(checkouts.settle)
_settle_free = atomic(checkouts.settle_free)


def begin(
    *,
    checkout_id: UUID,
    customer_id: UUID,
    product: str,
    voucher: str | None = None,
    trial: bool = False,
    name: str | None = None,
    address: str | None = None,
    now: datetime,
) -> UUID:
    """Begin a checkout and get the page to pay on. Return its id.

    After PaymentsUnavailable, a repeated request goes on with the same checkout.

    Raises UnknownProduct, NotSoldThere, VoucherRefused, AlreadySubscribed, NoTrial,
    PaymentsUnavailable.
    """
    begun_id = _begin(
        checkout_id=checkout_id,
        customer_id=customer_id,
        product=product,
        voucher=voucher,
        trial=trial,
        provider=providers.current().name,
        billed_to=BilledTo(name=name or "", address=address or ""),
        now=now,
    )
    open_page(checkout_id=begun_id, now=now)
    return begun_id


def open_page(*, checkout_id: UUID, now: datetime) -> None:
    """Have the provider make the page of a checkout. Does nothing if there is one.

    Fulfills a checkout that costs nothing. Raises PaymentsUnavailable.
    """
    checkout = rows.find(checkout_id)
    if checkout is None or checkout.state is not CheckoutState.BEGUN:
        return
    product = catalog.product(checkout.product)
    if not product.is_subscription and not checkout.due.minor:
        _settle_free(checkout_id=checkout_id, now=now)
        return
    name = catalog.name(checkout.product, language=checkout.language)
    provider = providers.named(checkout.provider)
    session = provider.create_checkout(order_of(checkout, product, description=name), now=now)
    _open(checkout_id=checkout_id, session=session, now=now)


def refresh(*, checkout_id: UUID, now: datetime) -> None:
    """Fetch a checkout's state from the provider and apply it. Raises PaymentsUnavailable."""
    checkout = rows.find(checkout_id)
    if checkout is None:
        return
    rows.look_later(checkout_id, now=now)
    open_page(checkout_id=checkout_id, now=now)
    if checkout.provider_ref:
        with suppress(CheckoutNotFound):
            settle(providers.named(checkout.provider), checkout.provider_ref, now=now)


def settle(provider: Provider, ref: str, *, now: datetime) -> None:
    """Fetch a checkout by the provider's reference and apply its state.

    Raises CheckoutNotFound if either side does not know it, PaymentsUnavailable, PaidWrong.
    """
    seen = provider.fetch_checkout(ref)
    if seen is None:
        raise CheckoutNotFound
    checkout_id = checkout_id_of(seen.reference)
    if seen.subscription_ref:
        subscriptions.follow(provider, seen.subscription_ref, now=now)
    else:
        _settle(checkout_id=checkout_id, seen=seen, now=now)
