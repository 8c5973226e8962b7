"""Entitlements in rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.domain.entitlements import Entitlement, Source
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import Event
from contexts.shared.messaging.publishing import publish


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
