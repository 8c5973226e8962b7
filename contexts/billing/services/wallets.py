"""Lesson credits: what tutoring asks for, what its events do, and the sweep."""

from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing.adapters import wallets
from contexts.billing.domain.accounts import ONE_CREDIT
from contexts.billing.domain.grants import Grant, GrantKind
from contexts.billing.services import wiring
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import Money, new_id

atomic = for_context("billing")
_AT_ONCE = 200

_credits = wiring.wallets

hold_credit = atomic(_credits.hold)
confirm_hold = atomic(_credits.confirm)
settle_hold = atomic(_credits.settle)
_grant = atomic(_credits.grant)
_expire = atomic(_credits.expire)


def is_held(*, hold_id: UUID) -> bool:
    """Whether a credit is set aside under this id, for a while or for good."""
    return wallets.is_held(hold_id)


def grant_credits(
    *,
    customer_id: UUID,
    source: str,
    kind: str,
    credits: int,  # noqa: A002 - the word of the trade
    value: Money,
    expires_at: datetime | None,
    now: datetime,
) -> UUID:
    """Give whole credits, once for a source; `kind` is purchased, gift or promotional.

    `value` is the net worth of all of them together: what was paid for them, or what a
    promotion will pay the tutors for them.
    """
    grant = Grant(
        id=new_id(),
        source=source,
        kind=GrantKind(kind),
        granted=credits * ONE_CREDIT,
        available=credits * ONE_CREDIT,
        value=value,
        expires_at=expires_at,
        granted_at=now,
    )
    return _grant(customer_id=customer_id, grant=grant, now=now)


def give_credits(*, customer_id: UUID, source: str, count: int, days: int, now: datetime) -> UUID:
    """Give lesson credits that nobody paid for; what tutors earn by them, a promotion pays."""
    return grant_credits(
        customer_id=customer_id,
        source=source,
        kind=GrantKind.PROMOTIONAL.value,
        credits=count,
        value=wiring.terms.promotion(count),
        expires_at=now + timedelta(days=days),
        now=now,
    )


def expire_credits(*, now: datetime) -> int:
    """Release the holds and drop the grants whose time is over. Returns in how many wallets."""
    due = wiring.wallets.wallets.with_something_due(now=now, most=_AT_ONCE)
    for customer_id in due:
        _expire(customer_id=customer_id, now=now)
    return len(due)
