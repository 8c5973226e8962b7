"""The inbox of webhooks in rows."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing.application.providers import Notice
from contexts.billing.events import WebhookReceived
from contexts.billing.models import Webhook
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import new_id
from contexts.shared.messaging.publishing import publish

# After this long without its event, the sweep acts on a webhook.
OVERDUE = timedelta(minutes=1)


def keep(notice: Notice, *, provider: str, body: bytes, now: datetime) -> None:
    """Store a webhook and publish it. Does nothing if it came before."""
    fresh = Webhook(
        id=new_id(),
        provider=provider,
        event_ref=notice.ref,
        kind=notice.kind,
        about=notice.about,
        object_ref=notice.object_ref,
        body_sha256=hashlib.sha256(body).hexdigest(),
        received_at=now,
        state="ignored" if notice.about == "none" else "stored",
        reason="unknown_kind" if notice.about == "none" else "",
        handled_at=now if notice.about == "none" else None,
    )
    identity = {"provider": provider, "event_ref": notice.ref}
    row = lock_row(fresh, using=alias_of("billing"), **identity)
    if row.pk == fresh.pk and row.state == "stored":
        publish([WebhookReceived(occurred_at=now, webhook_id=row.pk, provider=provider)])


def find(webhook_id: UUID) -> Webhook | None:
    return Webhook.objects.filter(pk=webhook_id).first()


def close(webhook_id: UUID, *, state: str, reason: str = "", now: datetime) -> None:
    Webhook.objects.filter(pk=webhook_id).update(state=state, reason=reason, handled_at=now)


def reopen(webhook_id: UUID, *, now: datetime) -> None:
    """Publish a webhook again. Its earlier effects stay."""
    row = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if row is None or row.about == "none":
        return
    Webhook.objects.filter(pk=row.pk).update(state="stored", reason="", handled_at=None)
    publish([WebhookReceived(occurred_at=now, webhook_id=row.pk, provider=row.provider)])


def overdue(*, now: datetime, most: int) -> list[UUID]:
    waiting = Webhook.objects.filter(state="stored", received_at__lte=now - OVERDUE)
    return list(waiting.order_by("received_at").values_list("pk", flat=True)[:most])
