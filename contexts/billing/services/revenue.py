"""Deferred revenue that is earned once its period is over."""

from datetime import datetime

from contexts.billing import models as rows
from contexts.billing.domain import accounts
from contexts.billing.domain.ledger import transfer
from contexts.billing.services.wiring import ledger

_AT_ONCE = 200


def earn(*, now: datetime) -> int:
    """Book revenue whose period is over, the oldest first. Return the number of payments."""
    waiting = rows.UnearnedRevenue.objects.select_for_update().filter(earned_at__lte=now)
    due = list(waiting.order_by("earned_at", "cause")[:_AT_ONCE])
    ledger.post(
        transfer(
            cause=f"earned:{row.cause}",
            kind="revenue_earned",
            minor=row.minor,
            source=accounts.subscription_revenue(row.currency),
            target=accounts.deferred_revenue(row.currency),
            at=now,
        )
        for row in due
    )
    rows.UnearnedRevenue.objects.filter(pk__in=[row.pk for row in due]).delete()
    return len(due)
