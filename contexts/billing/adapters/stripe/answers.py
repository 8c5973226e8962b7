"""Stripe's answers in our terms."""

from datetime import UTC, datetime
from typing import Any

from contexts.billing.adapters.stripe.held import evidence_of, intent_of, is_charged, is_held
from contexts.billing.application.providers import ChargeState, SessionState
from contexts.billing.domain.billed_to import BilledTo
from contexts.billing.domain.subscriptions import Payment, Seen, Snapshot
from contexts.shared.kernel import Money

_SEEN = {
    "trialing": Seen.TRIAL,
    "active": Seen.PAID,
    "past_due": Seen.UNPAID,
    "unpaid": Seen.UNPAID,
    "incomplete": Seen.UNPAID,
    "paused": Seen.UNPAID,
    "canceled": Seen.ENDED,
    "incomplete_expired": Seen.ENDED,
}


def subscription_ref(invoice: dict[str, Any]) -> str:
    """Return an invoice's subscription from its old or new place, empty if it has none."""
    parent = invoice.get("parent") or {}
    details = parent.get("subscription_details") or {}
    return str(invoice.get("subscription") or details.get("subscription") or "")


def reference_of(about: dict[str, Any]) -> str:
    return str((about.get("metadata") or {}).get("checkout", ""))


def charge_state(charge: dict[str, Any]) -> ChargeState:
    """Return the charge of a pack. Its payment has the `ref` that `session_state` gives."""
    intent = charge.get("payment_intent") or {}
    payment = Payment(
        ref=charge["id"],
        amount=_money(charge["amount"], charge["currency"]),
        paid_at=_instant(intent.get("created") or charge["created"]),
    )
    return ChargeState(
        ref=charge["id"],
        reference=reference_of(intent),
        payment=payment,
        subscription_ref=None,
        disputed=bool(charge["disputed"]),
    )


def subscription_charge_state(
    charge: dict[str, Any], invoice: dict[str, Any], subscription: dict[str, Any]
) -> ChargeState:
    return ChargeState(
        ref=charge["id"],
        reference=reference_of(subscription),
        payment=payment_of(invoice),
        subscription_ref=subscription_ref(invoice) or None,
        disputed=bool(charge["disputed"]),
    )


def session_state(session: dict[str, Any], later: dict[str, Any] | None = None) -> SessionState:
    """Return the state of a page. `later` is what its held card was charged by, if it was.

    That is a subscription, or a payment at another price than the authorized one.
    """
    status, payment, subscription = _status(session, later), None, session.get("subscription")
    if status == "paid":
        intent = later if later and later["object"] == "payment_intent" else intent_of(session)
        subscription = later["id"] if later and not _is_payment(later) else subscription
        payment = None if subscription else _payment_by(intent, session)
    return SessionState(
        ref=session["id"],
        reference=session.get("client_reference_id") or "",
        status=status,
        payment=payment,
        subscription_ref=subscription,
        evidence=tuple(evidence_of(session)) if status == "authorized" else (),
    )


def _status(session: dict[str, Any], later: dict[str, Any] | None) -> str:
    if session["status"] != "complete":
        return str(session["status"])
    if is_charged(session):
        return "paid"
    # The authorized payment is released last; until then the charge is not finished.
    if later and not (_is_payment(later) and is_held(session)):
        return "paid"
    return "authorized" if is_held(session) else "expired"


def _is_payment(later: dict[str, Any]) -> bool:
    return bool(later["object"] == "payment_intent")


def _payment_by(intent: dict[str, Any], session: dict[str, Any]) -> Payment | None:
    if not intent:
        return None
    return Payment(
        ref=str(intent.get("latest_charge") or intent["id"]),
        amount=_money(
            intent.get("amount") or session["amount_total"],
            intent.get("currency") or session["currency"],
        ),
        paid_at=_instant(intent["created"]),
        billed_to=_billed_to(session.get("customer_details")),
    )


def snapshot_of(found: dict[str, Any], paid: list[dict[str, Any]], *, version: int) -> Snapshot:
    item = found["items"]["data"][0]
    ends = bool(found.get("cancel_at_period_end"))
    seen = _SEEN.get(found["status"], Seen.UNPAID)
    ended = found.get("ended_at")
    return Snapshot(
        ref=found["id"],
        reference=reference_of(found),
        version=version,
        seen=Seen.WILL_END if ends and seen is not Seen.ENDED else seen,
        started_at=_instant(found["start_date"]),
        period_start=_instant(item["current_period_start"]),
        period_end=_instant(item["current_period_end"]),
        ended_at=_instant(ended) if ended else None,
        paid=tuple(payment_of(invoice) for invoice in reversed(paid) if invoice["amount_paid"]),
    )


def payment_of(invoice: dict[str, Any]) -> Payment:
    period = invoice["lines"]["data"][0]["period"]
    return Payment(
        ref=invoice["id"],
        amount=_money(invoice["amount_paid"], invoice["currency"]),
        paid_at=_instant(invoice["status_transitions"]["paid_at"]),
        period_start=_instant(period["start"]),
        period_end=_instant(period["end"]),
        billed_to=_billed_to(
            {"name": invoice.get("customer_name"), "address": invoice.get("customer_address")}
        ),
    )


def _billed_to(details: dict[str, Any] | None) -> BilledTo | None:
    """Return the buyer that Stripe has asked for, None if it knows no name."""
    if not details or not details.get("name"):
        return None
    address = details.get("address") or {}
    parts = ("line1", "line2", "postal_code", "city", "state", "country")
    lines = [str(address[part]) for part in parts if address.get(part)]
    return BilledTo(
        name=str(details["name"])[:120],
        address="\n".join(lines)[:300],
        country=str(address.get("country") or ""),
    )


def _money(minor: int, currency: str) -> Money:
    return Money(minor, currency.upper())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
