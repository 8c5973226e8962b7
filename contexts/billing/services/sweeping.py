"""The sweep that finishes what a crash or a lost webhook has left."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog

from contexts.billing.adapters import checkouts as checkout_rows
from contexts.billing.adapters import refunds as refund_rows
from contexts.billing.adapters import subscriptions as subscription_rows
from contexts.billing.adapters import webhooks as inbox
from contexts.billing.services import checkouts, refunds, subscriptions, webhooks

log = structlog.get_logger(__name__)
_AT_ONCE = 100


def sweep(*, now: datetime) -> int:
    """Go on with overdue webhooks, checkouts, subscriptions and refunds. Return their number."""
    return (
        _each(
            inbox.overdue(now=now, most=_AT_ONCE),
            lambda one: webhooks.act_on(webhook_id=one, now=now),
        )
        + _each(
            checkout_rows.pending(now=now, most=_AT_ONCE),
            lambda one: checkouts.refresh(checkout_id=one, now=now),
        )
        + _each(
            subscription_rows.uncertain(now=now, most=_AT_ONCE),
            lambda one: subscriptions.refresh(subscription_id=one, now=now),
        )
        + _each(
            refund_rows.wanted(now=now, most=_AT_ONCE),
            lambda one: refunds.make(refund_id=one, now=now),
        )
    )


def _each(found: list[UUID], act: Callable[[UUID], None]) -> int:
    for one in found:
        try:
            act(one)
        # A failure must not hold up the others. The next sweep tries again.
        except Exception:
            log.exception("sweep_failed", about=str(one))
    return len(found)
