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
from contexts.billing.api.people import (
    PERSON_FIELDS,
    erase_person,
    export_person,
    forget_customer,
    refresh_block,
    register_people,
    remember_customer,
)
from contexts.billing.domain.wallet import HoldNotFound, HoldSettled, NotEnoughCredits

__all__ = [
    "PERSON_FIELDS",
    "Finding",
    "HoldNotFound",
    "HoldSettled",
    "NotEnoughCredits",
    "check_ledger",
    "confirm_hold",
    "erase_person",
    "expire_credits",
    "export_person",
    "forget_customer",
    "grant_credits",
    "hold_credit",
    "is_held",
    "refresh_block",
    "register_people",
    "remember_customer",
    "settle_hold",
]
