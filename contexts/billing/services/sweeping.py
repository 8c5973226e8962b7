"""What a crash or a lost webhook left behind, finished."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog

from contexts.billing.adapters import checkouts, subscriptions, webhooks
from contexts.billing.services.checkouts import look_at_checkout, look_at_subscription
from contexts.billing.services.webhooks import act_on_webhook

log = structlog.get_logger(__name__)
_AT_ONCE = 100


def sweep(*, now: datetime) -> int:
    """Go on with purchases, subscriptions and webhooks that wait. Returns how many there were."""
    waiting: tuple[tuple[list[UUID], Callable[[UUID], None]], ...] = (
        (
            webhooks.overdue(now=now, most=_AT_ONCE),
            lambda one: act_on_webhook(webhook_id=one, now=now),
        ),
        (
            checkouts.pending(now=now, most=_AT_ONCE),
            lambda one: look_at_checkout(checkout_id=one, now=now),
        ),
        (
            subscriptions.uncertain(now=now, most=_AT_ONCE),
            lambda one: look_at_subscription(subscription_id=one, now=now),
        ),
    )
    return sum(_each(found, act) for found, act in waiting)


def _each(found: list[UUID], act: Callable[[UUID], None]) -> int:
    for one in found:
        try:
            act(one)
        # One that fails must not keep the others waiting; it is looked at again.
        except Exception:
            log.exception("sweep_failed", about=str(one))
    return len(found)
