"""The flow of a checkout: commit the intent, ask the provider, commit its answer."""

from contextlib import nullcontext, suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.billing.adapters import checkouts as rows
from contexts.billing.adapters import providers
from contexts.billing.adapters.guesses import guessing
from contexts.billing.application.providers import (
    CardRefused,
    Provider,
    SessionState,
    order_of,
)
from contexts.billing.domain.billed_to import BilledTo
from contexts.billing.domain.checkouts import (
    CheckoutNotFound,
    CheckoutState,
    checkout_id_of,
)
from contexts.billing.domain.vouchers import normalized
from contexts.billing.services import subscriptions
from contexts.billing.services.wiring import atomic, checkouts, quoting

_begin = atomic(checkouts.begin)
_open = atomic(checkouts.open)
_settle = atomic(checkouts.settle)
_expire = atomic(checkouts.expire)
_settle_free = atomic(checkouts.settle_free)
_judge = atomic(quoting.judge)
confirm = atomic(quoting.confirm)
_take_another_card = atomic(quoting.take_another_card)


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
    with guessing(customer_id) if voucher else nullcontext():
        return _begin_one(
            checkout_id=checkout_id,
            customer_id=customer_id,
            product=product,
            voucher=voucher,
            trial=trial,
            billed_to=BilledTo(name=name or "", address=address or ""),
            now=now,
        )


def _begin_one(
    *, checkout_id: UUID, customer_id: UUID, voucher: str | None, now: datetime, **order: Any
) -> UUID:
    if voucher:
        # The person's own unfinished tries do not count against them.
        for tried_id in rows.tries_with(normalized(voucher), customer_id, but=checkout_id):
            give_up(checkout_id=tried_id, customer_id=customer_id, now=now)
    begun_id = _begin(
        checkout_id=checkout_id,
        customer_id=customer_id,
        voucher=voucher,
        provider=providers.current().name,
        now=now,
        **order,
    )
    open_page(checkout_id=begun_id, now=now)
    return begun_id


def open_page(*, checkout_id: UUID, now: datetime) -> None:
    """Have the provider make the page of a checkout. Does nothing if there is one.

    Fulfills a checkout that costs nothing. Raises PaymentsUnavailable.
    """
    found = rows.ordered(checkout_id)
    if found is None or found[0].state is not CheckoutState.BEGUN:
        return
    checkout, product, name = found
    if checkout.is_free(product):
        _settle_free(checkout_id=checkout_id, now=now)
        return
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
    _apply(provider, seen, now=now)


def give_up(*, checkout_id: UUID, customer_id: UUID | None, now: datetime) -> UUID:
    """Close the page of an unfinished checkout and release its card; its voucher is free again.

    `customer_id` is None for the bearer of the checkout's page. If it was paid meanwhile, it is
    fulfilled. Does nothing if it has ended. Raises CheckoutNotFound, also for another customer's
    checkout, PaymentsUnavailable.
    """
    checkout = rows.find(checkout_id)
    if checkout is None or customer_id not in {None, checkout.customer_id}:
        raise CheckoutNotFound
    if not checkout.state.is_pending:
        return checkout_id
    if checkout.provider_ref is None:
        _expire(checkout_id=checkout_id, now=now)
        return checkout_id
    provider = providers.named(checkout.provider)
    seen = provider.expire_checkout(checkout.provider_ref, now=now)
    if seen is not None:
        _apply(provider, seen, now=now)
    return checkout_id


def _apply(provider: Provider, seen: SessionState, *, now: datetime) -> None:
    checkout_id = checkout_id_of(seen.reference)
    if seen.status == "authorized":
        charged = _decide(provider, checkout_id, seen, now=now)
        if charged is None:
            return
        seen = charged
    if seen.subscription_ref:
        subscriptions.follow(provider, seen.subscription_ref, now=now)
    else:
        _settle(checkout_id=checkout_id, seen=seen, now=now)


def _decide(
    provider: Provider, checkout_id: UUID, seen: SessionState, *, now: datetime
) -> SessionState | None:
    """Charge the card of an authorized page, release it, or leave it for the buyer's decision.

    Return the provider's state after that, None if it is as before. A card that is declined leads
    to a new page.
    """
    _judge(checkout_id=checkout_id, seen=seen, now=now)
    found = rows.ordered(checkout_id)
    if found is None or found[0].provider_ref != seen.ref:
        return None
    checkout, product, name = found
    agreed = checkout.state is CheckoutState.AGREED
    if checkout.is_over(now) or (agreed and checkout.is_free(product)):
        return provider.expire_checkout(seen.ref, now=now)
    if not agreed:
        return None
    try:
        return provider.capture(seen.ref, order_of(checkout, product, description=name), now=now)
    except CardRefused:
        _take_another_card(checkout_id=checkout_id, ref=seen.ref, now=now)
        open_page(checkout_id=checkout_id, now=now)
        return None
