"""The points ledger, and how correctors stand."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import F

from contexts.community.domain.reputation import Earned
from contexts.community.events import PointsGiven
from contexts.community.models import PointsEntry, Standing
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import new_id
from contexts.shared.messaging.publishing import publish


class OrmStandings:
    def give(self, earned: Iterable[Earned], *, now: datetime) -> None:
        new = list(earned)
        # The aggregate earns each thing once; the key stands behind that.
        PointsEntry.objects.bulk_create([_entry(one, now) for one in new])
        publish(
            PointsGiven(
                occurred_at=now,
                member_id=one.member_id,
                points=one.points,
                reason=one.reason.value,
            )
            for one in new
        )

    def judged(self, member_id: UUID, *, language: str, accepted: bool) -> None:
        standing = {"member_id": member_id, "language": language}
        row = lock_row(Standing(**standing), using=alias_of("community"), **standing)
        counted = "accepted" if accepted else "disputed"
        Standing.objects.filter(pk=row.pk).update(**{counted: F(counted) + 1})


def _entry(one: Earned, now: datetime) -> PointsEntry:
    return PointsEntry(
        id=new_id(),
        member_id=one.member_id,
        points=one.points,
        reason=one.reason.value,
        cause_id=one.cause_id,
        quantity=one.quantity,
        language=one.language,
        created_at=now,
    )
