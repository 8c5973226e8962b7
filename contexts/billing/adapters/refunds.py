"""Refunds in rows."""

from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.subscriptions import Payment
from contexts.billing.events import RefundAsked
from contexts.shared.kernel import new_id
from contexts.shared.messaging.publishing import publish

LOOK_AGAIN = timedelta(minutes=10)
WANTED, DONE = "wanted", "done"


class OrmRefunds:
    def add(self, checkout: Checkout, payment: Payment, *, reason: str, now: datetime) -> None:
        row = rows.Refund.objects.create(
            id=new_id(),
            checkout_id=checkout.id,
            provider=checkout.provider,
            payment_ref=payment.ref,
            minor=payment.amount.minor,
            currency=payment.amount.currency,
            reason=reason,
            state=WANTED,
            created_at=now,
            looked_at=now + LOOK_AGAIN,
        )
        publish([RefundAsked(occurred_at=now, customer_id=checkout.customer_id, refund_id=row.pk)])


def wanted(*, now: datetime, most: int) -> list[UUID]:
    """Return refunds that the provider has not made, each every ten minutes."""
    due = rows.Refund.objects.filter(state=WANTED, looked_at__lte=now).order_by("looked_at")
    return list(due.values_list("pk", flat=True)[:most])


def find(refund_id: UUID) -> rows.Refund | None:
    return rows.Refund.objects.filter(pk=refund_id).first()


def look_later(refund_id: UUID, *, now: datetime) -> None:
    rows.Refund.objects.filter(pk=refund_id).update(looked_at=now + LOOK_AGAIN)


def finish(refund_id: UUID, *, now: datetime) -> bool:
    """Mark a refund as done. Return False if it was."""
    found = rows.Refund.objects.filter(pk=refund_id, state=WANTED)
    return bool(found.update(state=DONE, done_at=now))
