"""Subscriptions as their customer sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.billing import models as rows
from contexts.billing.domain.subscriptions import SubscriptionNotFound, SubscriptionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription of the caller."""

    id: UUID
    product: str
    status: SubscriptionState
    started_at: datetime
    period_start: datetime
    period_end: datetime
    ended_at: datetime | None
    renews_at: Annotated[datetime | None, "When money is taken next; null if never."]
    canceling: Annotated[bool, "True until the provider has confirmed a cancellation."]


class SubscriptionFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        field_name="state", choices=[(state.value, state.value) for state in SubscriptionState]
    )

    class Meta:
        model = rows.Subscription
        fields = ["status"]


def subscriptions_of(customer_id: UUID) -> QuerySet[rows.Subscription]:
    return rows.Subscription.objects.filter(customer_id=customer_id)


def to_subscription(row: rows.Subscription) -> Subscription:
    return Subscription(
        id=row.pk,
        product=row.product_id,
        status=SubscriptionState(row.state),
        started_at=row.started_at,
        period_start=row.period_start,
        period_end=row.period_end,
        ended_at=row.ended_at,
        renews_at=renewal_of(row),
        canceling=_is_canceling(row),
    )


def renewal_of(row: rows.Subscription) -> datetime | None:
    """Return when the provider takes money next. A day of leeway for access is no part of it."""
    renews = row.state in (SubscriptionState.ACTIVE, SubscriptionState.TRIALING)
    return row.period_end if renews and not _is_canceling(row) else None


def _is_canceling(row: rows.Subscription) -> bool:
    return row.cancel_wanted in {"end", "now"}


def subscription(subscription_id: UUID, *, customer_id: UUID) -> Subscription:
    """Raises SubscriptionNotFound, also for another customer's subscription."""
    row = subscriptions_of(customer_id).filter(pk=subscription_id).first()
    if row is None:
        raise SubscriptionNotFound
    return to_subscription(row)
