"""Entitlements as their customer sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Prefetch

from contexts.billing import models as rows
from contexts.billing.domain.entitlements import PREMIUM
from contexts.billing.queries.subscriptions import renewal_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A reason for an entitlement, with its interval."""

    kind: Literal["subscription", "voucher", "gift", "goodwill"]
    id: str
    from_: datetime
    until: datetime
    state: Annotated[str, "A subscription's state, or granted."]
    renews_at: Annotated[datetime | None, "When money is taken next; null if never."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """The use of a feature."""

    active: bool
    until: Annotated[datetime | None, "End of the time that covers now without a gap."]
    sources: list[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlements:
    """The caller's entitlements, by feature."""

    premium: Entitlement


def entitlements(customer_id: UUID, *, now: datetime) -> Entitlements:
    """Return the entitlement of each feature."""
    return Entitlements(premium=entitlement(customer_id, now=now))


def entitlement(customer_id: UUID, *, now: datetime, feature: str = PREMIUM) -> Entitlement:
    """Return the entitlement to one feature, in three statements."""
    sources = Prefetch("sources", rows.EntitlementSource.objects.order_by("starts_at", "source"))
    mine = rows.Entitlement.objects.filter(customer_id=customer_id, feature=feature)
    row = mine.prefetch_related(sources).first()
    if row is None:
        return Entitlement(active=False, until=None, sources=[])
    active = row.until is not None and row.until > now
    own = rows.Subscription.objects.filter(customer_id=customer_id)
    mine_by_id = {str(one.pk): one for one in own}
    return Entitlement(
        active=active,
        until=row.until if active else None,
        sources=[_source(one, mine_by_id) for one in row.sources.all()],
    )


def _source(row: Any, subscriptions: dict[str, rows.Subscription]) -> Source:
    name = row.source.partition(":")[2] or row.source
    found = subscriptions.get(name)
    return Source(
        kind=row.kind,
        id=name,
        from_=row.starts_at,
        until=row.ends_at,
        state=found.state if found else "granted",
        renews_at=renewal_of(found) if found else None,
    )
