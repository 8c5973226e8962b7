"""What providers tell: checked, stored, and then acted on by asking how things stand."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog

from contexts.billing.adapters import providers, webhooks
from contexts.billing.application.ports import Provider
from contexts.billing.domain.checkouts import CheckoutNotFound, PaidWrong
from contexts.billing.services import wiring
from contexts.billing.services.checkouts import as_id, follow_subscription, settle_checkout
from contexts.shared.database.transactions.atomic import for_context

log = structlog.get_logger(__name__)
atomic = for_context("billing")

_keep = atomic(webhooks.keep)
_close = atomic(webhooks.close)
_take_back = atomic(wiring.disputes.take_back)
handle_again = atomic(webhooks.reopen)


def receive_webhook(
    *, provider: str, body: bytes, headers: Mapping[str, str], now: datetime
) -> None:
    """Store what a provider sends; it is acted on next. One that came before changes nothing.

    Raises UnknownProvider, NoticeRefused, MalformedNotice, and stores nothing then.
    """
    notice = providers.named(provider).verify(body, headers, now=now)
    _keep(notice, provider=provider, body=body, now=now)


def act_on_webhook(*, webhook_id: UUID, now: datetime) -> None:
    """Ask the provider about what a webhook names, and take over how it stands.

    In whatever order webhooks come, and however often: the last to ask is right.
    """
    row = webhooks.find(webhook_id)
    if row is None or row.state != "stored":
        return
    provider = providers.named(row.provider)
    try:
        known = _ACTS[row.about](provider, row.object_ref, now=now)
    except PaidWrong as error:
        log.exception("paid_wrong", webhook=str(webhook_id), why=str(error))
        _close(webhook_id, state="failed", reason="paid_wrong", now=now)
        return
    state, reason = ("done", "") if known else ("ignored", "unknown_object")
    _close(webhook_id, state=state, reason=reason, now=now)


def look_at_charge(provider: Provider, ref: str, *, now: datetime) -> bool:
    """Take back what a disputed charge paid for; False where either side knows nothing of it."""
    charge = provider.fetch_charge(ref)
    checkout_id = as_id(charge.reference) if charge else None
    if charge is None or checkout_id is None:
        return False
    if not charge.disputed:
        return True
    snapshot = None
    if charge.subscription_ref:
        snapshot = provider.fetch_subscription(charge.subscription_ref)
        if snapshot is None:
            return False
    try:
        _take_back(checkout_id=checkout_id, charge=charge, snapshot=snapshot, now=now)
    except CheckoutNotFound:
        return False
    return True


_ACTS = {
    "checkout": settle_checkout,
    "subscription": follow_subscription,
    "charge": look_at_charge,
}
