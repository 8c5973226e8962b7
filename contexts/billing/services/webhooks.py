"""Webhooks: verified, stored, and then acted on by fetching the state of their object."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings

from contexts.billing.adapters import providers
from contexts.billing.adapters import webhooks as inbox
from contexts.billing.domain.checkouts import CheckoutNotFound, PaidWrong
from contexts.billing.models import Webhook
from contexts.billing.services import checkouts, disputes, subscriptions
from contexts.billing.services.wiring import atomic
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.purging import purge_rows
from contexts.shared.kernel import first_id_at

log = structlog.get_logger(__name__)
_ACTS = {
    "checkout": checkouts.settle,
    "subscription": subscriptions.follow,
    "charge": disputes.take_back,
}
_HANDLED = ("done", "ignored")

_keep = atomic(inbox.keep)
_close = atomic(inbox.close)
handle_again = atomic(inbox.reopen)


def receive(*, provider: str, body: bytes, headers: Mapping[str, str], now: datetime) -> None:
    """Verify a webhook and store it, to be acted on next. Does nothing if it came before.

    Raises UnknownProvider, NoticeRefused, MalformedNotice.
    """
    notice = providers.named(provider).verify(body, headers, now=now)
    _keep(notice, provider=provider, body=body, now=now)


def act_on(*, webhook_id: UUID, now: datetime) -> None:
    """Fetch the object that a webhook names and apply its state.

    Any order and any number of webhooks ends alike, since each fetch returns the newest state.
    """
    row = inbox.find(webhook_id)
    if row is None or row.state != "stored":
        return
    state, reason = "done", ""
    try:
        _ACTS[row.about](providers.named(row.provider), row.object_ref, now=now)
    except CheckoutNotFound:
        state, reason = "ignored", "unknown_object"
    except PaidWrong as error:
        log.exception("paid_wrong", webhook=str(webhook_id), why=str(error))
        state, reason = "failed", "paid_wrong"
    _close(webhook_id, state=state, reason=reason, now=now)


def purge(*, now: datetime) -> int:
    """Delete handled webhooks past their retention. Return their number.

    Failed ones stay until staff have decided.
    """
    long_ago = first_id_at(now - settings.RETENTION["webhooks"])
    old = Webhook.objects.filter(pk__lt=long_ago, state__in=_HANDLED)
    return purge_rows(old, using=alias_of("billing"))
