"""What a customer may use, until when, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from contexts.billing.models import Entitlement, EntitlementSource, Subscription

PREMIUM = "premium"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceShown:
    """`kind` is subscription, voucher, gift or goodwill; `state` a subscription's, or granted."""

    kind: str
    id: str
    from_: datetime
    until: datetime
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementShown:
    """`until` is the end of what covers now without a gap."""

    active: bool
    until: datetime | None
    sources: list[SourceShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementsShown:
    premium: EntitlementShown


def entitlements(customer_id: UUID, *, now: datetime) -> EntitlementsShown:
    """Of every feature that there is."""
    return EntitlementsShown(premium=entitlement(customer_id, now=now))


def entitlement(customer_id: UUID, *, now: datetime, feature: str = PREMIUM) -> EntitlementShown:
    """In three statements, whatever there is."""
    sources = Prefetch("sources", EntitlementSource.objects.order_by("starts_at", "source"))
    mine = Entitlement.objects.filter(customer_id=customer_id, feature=feature)
    row = mine.prefetch_related(sources).first()
    if row is None:
        return EntitlementShown(active=False, until=None, sources=[])
    active = row.until is not None and row.until > now
    states = dict(Subscription.objects.filter(customer_id=customer_id).values_list("pk", "state"))
    named = {str(pk): state for pk, state in states.items()}
    return EntitlementShown(
        active=active,
        until=row.until if active else None,
        sources=[_shown(one, named) for one in row.sources.all()],
    )


def _shown(row: EntitlementSource, states: dict[str, str]) -> SourceShown:
    name = row.source.partition(":")[2] or row.source
    return SourceShown(
        kind=row.kind,
        id=name,
        from_=row.starts_at,
        until=row.ends_at,
        state=states.get(name, "granted"),
    )
