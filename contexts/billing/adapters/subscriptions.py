"""Subscriptions in rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from contexts.billing import models as rows
from contexts.billing.domain.subscriptions import Subscription, SubscriptionState
from contexts.shared.kernel import Event
from contexts.shared.messaging.publishing import publish

LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OrmSubscriptions:
    """`publish` writes the events beside the rows."""

    publish: Callable[[Iterable[Event]], None] = publish

    def has_live(self, customer_id: UUID, *, feature: str) -> bool:
        mine = rows.Subscription.objects.filter(customer_id=customer_id, product__feature=feature)
        return mine.exclude(state=SubscriptionState.EXPIRED.value).exists()

    def had_any(self, customer_id: UUID) -> bool:
        return rows.Subscription.objects.filter(customer_id=customer_id).exists()

    def of(self, checkout_id: UUID) -> Subscription | None:
        found = rows.Subscription.objects.filter(checkout_id=checkout_id)
        row = found.select_related("product").first()
        return subscription_of(row) if row else None

    def add(self, subscription: Subscription, *, now: datetime) -> None:
        rows.Subscription.objects.create(
            id=subscription.id,
            customer_id=subscription.customer_id,
            checkout_id=subscription.checkout_id,
            product_id=subscription.product,
            provider=subscription.provider,
            provider_ref=subscription.provider_ref,
            state=subscription.state.value,
            version=subscription.version,
            trial_of=subscription.customer_id if subscription.is_trial else None,
            started_at=subscription.started_at,
            period_start=subscription.period_start,
            period_end=subscription.period_end,
            looked_at=now,
        )

    def save(self, subscription: Subscription) -> None:
        rows.Subscription.objects.filter(pk=subscription.id).update(
            state=subscription.state.value,
            version=subscription.version,
            period_start=subscription.period_start,
            period_end=subscription.period_end,
            ended_at=subscription.ended_at,
            cancel_wanted=subscription.cancel_wanted,
        )
        self.publish(subscription.collect_events())


def find(subscription_id: UUID) -> Subscription | None:
    """Return a subscription without a lock."""
    found = rows.Subscription.objects.select_related("product").filter(pk=subscription_id)
    row = found.first()
    return subscription_of(row) if row else None


def uncertain(*, now: datetime, most: int) -> list[UUID]:
    """Return subscriptions that are overdue, unpaid or to be canceled, each every hour."""
    live = ~Q(state=SubscriptionState.EXPIRED.value)
    unsettled = live & (Q(period_end__lte=now) | Q(state=SubscriptionState.PAST_DUE.value))
    meant_to_end = ~Q(cancel_wanted="")
    found = rows.Subscription.objects.filter(unsettled | meant_to_end, looked_at__lte=now)
    due = found.order_by("looked_at")
    return list(due.values_list("pk", flat=True)[:most])


def look_later(subscription_id: UUID, *, now: datetime) -> None:
    rows.Subscription.objects.filter(pk=subscription_id).update(looked_at=now + LOOK_AGAIN)


def subscription_of(row: rows.Subscription) -> Subscription:
    return Subscription(
        id=row.pk,
        customer_id=row.customer_id,
        checkout_id=row.checkout_id,
        product=row.product_id,
        feature=row.product.feature,
        provider=row.provider,
        provider_ref=row.provider_ref,
        started_at=row.started_at,
        period_start=row.period_start,
        period_end=row.period_end,
        state=SubscriptionState(row.state),
        version=row.version,
        ended_at=row.ended_at,
        cancel_wanted=row.cancel_wanted,
        is_trial=row.trial_of is not None,
    )
