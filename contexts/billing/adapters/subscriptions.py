"""Subscriptions and what they entitle to, on their rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from contexts.billing import models as rows
from contexts.billing.domain.entitlements import Entitlement, Source
from contexts.billing.domain.subscriptions import State, Subscription
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import Event
from contexts.shared.messaging.publishing import publish

LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OrmSubscriptions:
    """`publish` writes the events beside the rows."""

    publish: Callable[[Iterable[Event]], None] = publish

    def has_live(self, customer_id: UUID, *, feature: str) -> bool:
        mine = rows.Subscription.objects.filter(customer_id=customer_id, product__feature=feature)
        return mine.exclude(state=State.EXPIRED.value).exists()

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
    """As it stands, without a lock."""
    found = rows.Subscription.objects.select_related("product").filter(pk=subscription_id)
    row = found.first()
    return subscription_of(row) if row else None


def uncertain(*, now: datetime, most: int) -> list[UUID]:
    """Those whose period is over, unpaid or meant to end, each looked at every hour."""
    live = ~Q(state=State.EXPIRED.value)
    unsettled = live & (Q(period_end__lte=now) | Q(state=State.PAST_DUE.value))
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
        state=State(row.state),
        version=row.version,
        ended_at=row.ended_at,
        cancel_wanted=row.cancel_wanted,
        is_trial=row.trial_of is not None,
    )


@dataclass(frozen=True, slots=True)
class OrmEntitlements:
    """`publish` writes the events beside the rows."""

    publish: Callable[[Iterable[Event]], None] = publish

    def take(self, customer_id: UUID, feature: str) -> Entitlement:
        identity = {"customer_id": customer_id, "feature": feature}
        row = lock_row(rows.Entitlement(**identity), using=alias_of("billing"), **identity)
        sources = {
            source.source: Source(
                source=source.source,
                kind=source.kind,
                starts_at=source.starts_at,
                ends_at=source.ends_at,
            )
            for source in rows.EntitlementSource.objects.filter(entitlement=row)
        }
        return Entitlement(
            customer_id=customer_id,
            feature=feature,
            until=row.until,
            revision=row.revision,
            sources=sources,
        )

    def save(self, entitlement: Entitlement) -> None:
        mine = rows.Entitlement.objects.filter(
            customer_id=entitlement.customer_id, feature=entitlement.feature
        )
        mine.update(until=entitlement.until, revision=entitlement.revision)
        entitlement_id = mine.values_list("pk", flat=True).get()
        upsert(
            rows.EntitlementSource,
            [
                rows.EntitlementSource(
                    entitlement_id=entitlement_id,
                    source=source.source,
                    kind=source.kind,
                    starts_at=source.starts_at,
                    ends_at=source.ends_at,
                )
                for source in entitlement.sources.values()
            ],
            using=alias_of("billing"),
            unique=("entitlement", "source"),
            update=("starts_at", "ends_at"),
        )
        self.publish(entitlement.collect_events())
