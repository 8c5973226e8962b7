"""Vouchers for free days, with a limit on guesses."""

from datetime import datetime
from uuid import UUID

from contexts.billing.adapters.guesses import guessing
from contexts.billing.services.wiring import atomic, vouchers

_redeem = atomic(vouchers.redeem)


def redeem(*, customer_id: UUID, code: str, now: datetime) -> None:
    """Add a voucher's free days of Premium after all other time.

    Raises VoucherRefused, and Throttled after too many unknown codes.
    """
    with guessing(customer_id):
        _redeem(customer_id=customer_id, code=code, now=now)
