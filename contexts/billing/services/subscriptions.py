"""The flow of a subscription: tell the provider what is wanted, and apply what it says."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from contexts.billing.adapters import providers
from contexts.billing.adapters import subscriptions as rows
from contexts.billing.application.providers import Provider
from contexts.billing.domain.checkouts import CheckoutNotFound, checkout_id_of
from contexts.billing.domain.subscriptions import (
    NothingDue,
    SubscriptionNotFound,
    SubscriptionState,
)
from contexts.billing.events import CancellationAsked
from contexts.billing.services.wiring import atomic, fulfillment, subscriptions
from contexts.shared.messaging.publishing import publish

_follow = atomic(fulfillment.follow)
_want_resume = atomic(subscriptions.want_resume)
_want_end = atomic(subscriptions.want_end)


@atomic
def ask_to_cancel(*, subscription_id: UUID, customer_id: UUID, now: datetime) -> UUID:
    """Record that a subscription shall end with its paid period.

    The provider hears of it right after the commit. Raises SubscriptionNotFound.
    """
    _want_end(subscription_id=subscription_id, customer_id=customer_id, at_once=False, now=now)
    event = CancellationAsked(
        occurred_at=now, customer_id=customer_id, subscription_id=subscription_id
    )
    publish([event])
    return subscription_id


def cancel(
    *, subscription_id: UUID, customer_id: UUID, at_once: bool = False, now: datetime
) -> UUID:
    """End a subscription with its paid period, or at once.

    If the provider is unavailable, the sweep tells it later. Raises SubscriptionNotFound,
    PaymentsUnavailable.
    """
    _want_end(subscription_id=subscription_id, customer_id=customer_id, at_once=at_once, now=now)
    refresh(subscription_id=subscription_id, now=now)
    return subscription_id


def resume(*, subscription_id: UUID, customer_id: UUID, now: datetime) -> UUID:
    """Withdraw a cancellation before the period ends.

    If the provider is unavailable, the sweep tells it later. Raises SubscriptionNotFound,
    NotCanceled, PaymentsUnavailable.
    """
    _want_resume(subscription_id=subscription_id, customer_id=customer_id, now=now)
    refresh(subscription_id=subscription_id, now=now)
    return subscription_id


def due_page(*, subscription_id: UUID, customer_id: UUID, now: datetime) -> str:
    """Return the page on which what is due can be paid, by another card if need be.

    Raises SubscriptionNotFound, NothingDue, PaymentsUnavailable.
    """
    subscription = rows.find(subscription_id)
    if subscription is None or subscription.customer_id != customer_id:
        raise SubscriptionNotFound
    if subscription.state is not SubscriptionState.PAST_DUE:
        raise NothingDue
    provider = providers.named(subscription.provider)
    url = provider.due_page(subscription.provider_ref, now=now)
    if url is None:
        raise NothingDue
    return url


def refresh(*, subscription_id: UUID, now: datetime) -> None:
    """Tell the provider what is wanted and apply its snapshot. Raises PaymentsUnavailable."""
    subscription = rows.find(subscription_id)
    if subscription is None or not (subscription.state.is_live or subscription.cancel_wanted):
        return
    rows.look_later(subscription_id, now=now)
    provider, ref = providers.named(subscription.provider), subscription.provider_ref
    if not subscription.cancel_wanted:
        with suppress(CheckoutNotFound):
            follow(provider, ref, now=now)
        return
    if subscription.cancel_wanted == "no":
        snapshot = provider.resume(ref, now=now)
    else:
        at_once = subscription.cancel_wanted == "now"
        snapshot = provider.cancel(ref, at_once=at_once, now=now)
    _follow(snapshot=snapshot, checkout_id=subscription.checkout_id, now=now)


def follow(provider: Provider, ref: str, *, now: datetime) -> None:
    """Fetch a subscription by the provider's reference and apply its snapshot.

    Raises CheckoutNotFound if either side does not know it, PaymentsUnavailable, PaidWrong.
    """
    snapshot = provider.fetch_subscription(ref)
    if snapshot is None:
        raise CheckoutNotFound
    _follow(snapshot=snapshot, checkout_id=checkout_id_of(snapshot.reference), now=now)
