"""The inbox of webhooks on its rows."""

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

# What its event has not brought about by then, the sweep does.
OVERDUE = timedelta(minutes=1)


def keep(notice: Notice, *, provider: str, body: bytes, now: datetime) -> None:
    """Store a webhook and have it acted on; one that came before changes nothing."""
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
    kept = lock_row(fresh, using=alias_of("billing"), **identity)
    if kept.pk == fresh.pk and kept.state == "stored":
        publish([WebhookReceived(occurred_at=now, webhook_id=kept.pk, provider=provider)])


def find(webhook_id: UUID) -> Webhook | None:
    return Webhook.objects.filter(pk=webhook_id).first()


def close(webhook_id: UUID, *, state: str, reason: str = "", now: datetime) -> None:
    Webhook.objects.filter(pk=webhook_id).update(state=state, reason=reason, handled_at=now)


def reopen(webhook_id: UUID, *, now: datetime) -> None:
    """Have it acted on again; what it brought about before stays as it is."""
    row = Webhook.objects.select_for_update().filter(pk=webhook_id).first()
    if row is None or row.about == "none":
        return
    Webhook.objects.filter(pk=row.pk).update(state="stored", reason="", handled_at=None)
    publish([WebhookReceived(occurred_at=now, webhook_id=row.pk, provider=row.provider)])


def overdue(*, now: datetime, most: int) -> list[UUID]:
    waiting = Webhook.objects.filter(state="stored", received_at__lte=now - OVERDUE)
    return list(waiting.order_by("received_at").values_list("pk", flat=True)[:most])
