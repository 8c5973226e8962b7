"""The expiry of lesson credits, wallet by wallet."""

from datetime import datetime

from contexts.billing.adapters.wallets import with_something_due
from contexts.billing.services.wiring import atomic, wallets

_AT_ONCE = 200
_expire = atomic(wallets.expire)


def expire(*, now: datetime) -> int:
    """Release expired holds and drop expired credits. Return the number of wallets."""
    due = with_something_due(now=now, most=_AT_ONCE)
    for customer_id in due:
        _expire(customer_id=customer_id, now=now)
    return len(due)
