"""The door to billing: every use case, and what it may raise."""

from contexts.billing.api.credits import (
    confirm_hold,
    expire_credits,
    grant_credits,
    hold_credit,
    is_held,
    settle_hold,
)
from contexts.billing.api.ledger import Finding, check_ledger
from contexts.billing.domain.wallet import HoldNotFound, HoldSettled, NotEnoughCredits

__all__ = [
    "Finding",
    "HoldNotFound",
    "HoldSettled",
    "NotEnoughCredits",
    "check_ledger",
    "confirm_hold",
    "expire_credits",
    "grant_credits",
    "hold_credit",
    "is_held",
    "settle_hold",
]
