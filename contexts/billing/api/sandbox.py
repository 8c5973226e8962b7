"""The sandbox provider's side, for its page and its tools. Nothing here is in production."""

from contexts.billing.adapters.sandbox.cards import (
    CARDS,
    Card,
    CardDeclined,
    NoSuchSession,
    SessionClosed,
)
from contexts.billing.adapters.sandbox.events import send as send_sandbox_event
from contexts.billing.adapters.sandbox.outbox import Outgoing
from contexts.billing.adapters.sandbox.outbox import outbox as sandbox_outbox
from contexts.billing.adapters.sandbox.paying import pay as pay_in_sandbox
from contexts.billing.adapters.sandbox.shown import SessionShown
from contexts.billing.adapters.sandbox.shown import session as sandbox_session

__all__ = [
    "CARDS",
    "Card",
    "CardDeclined",
    "NoSuchSession",
    "Outgoing",
    "SessionClosed",
    "SessionShown",
    "pay_in_sandbox",
    "sandbox_outbox",
    "sandbox_session",
    "send_sandbox_event",
]
