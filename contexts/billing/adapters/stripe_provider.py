"""Stripe behind the provider port. Needs the extra `payments`; imported when it is first used."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from contexts.billing.adapters.signing import TOLERANCE_SECONDS
from contexts.billing.application.ports import (
    ChargeState,
    MalformedNotice,
    Notice,
    NoticeRefused,
    Order,
    Session,
    SessionState,
)
from contexts.billing.domain.checkout import PaymentsUnavailable
from contexts.billing.domain.subscription import Payment, Seen, Snapshot
from contexts.shared.database.atomic import refuse_in_transaction
from contexts.shared.kernel import Money

# What each of Stripe's events is about; all else is kept and ignored.
_ABOUT = {
    "checkout.session.completed": "checkout",
    "checkout.session.async_payment_succeeded": "checkout",
    "checkout.session.async_payment_failed": "checkout",
    "checkout.session.expired": "checkout",
    "customer.subscription.created": "subscription",
    "customer.subscription.updated": "subscription",
    "customer.subscription.deleted": "subscription",
    "invoice.paid": "subscription",
    "invoice.payment_failed": "subscription",
    "charge.dispute.created": "charge",
}
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
_LONGEST_REF = 120


def is_installed() -> bool:
    return find_spec("stripe") is not None


@dataclass(frozen=True, slots=True)
class StripeProvider:
    """`client` is a stripe.StripeClient, made of the key unless given."""

    key: str
    secret: str
    client: Any = field(default=None)
    name: str = "stripe"

    def create_checkout(self, order: Order, *, now: datetime) -> Session:
        params = _params(order)
        if order.months and order.first != order.renewal:
            params["discounts"] = [{"coupon": self._coupon(order)}]
        made = self._ask(
            lambda client: client.checkout.sessions.create(
                params=params, options={"idempotency_key": str(order.checkout_id)}
            )
        )
        return Session(ref=made["id"], url=made["url"])

    def verify(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Notice:
        stripe = _library()
        header = headers.get("Stripe-Signature")
        if not header:
            raise NoticeRefused(why="unsigned")
        try:
            told = stripe.Webhook.construct_event(body, header, self.secret, TOLERANCE_SECONDS)
        except stripe.SignatureVerificationError as error:
            why = "stale" if "tolerance" in str(error) else "altered"
            raise NoticeRefused(why=why) from None
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise MalformedNotice("not what Stripe sends") from None
        return _notice(told.to_dict())

    def fetch_checkout(self, ref: str) -> SessionState | None:
        session = self._find(
            lambda client: client.checkout.sessions.retrieve(
                ref, params={"expand": ["payment_intent"]}
            )
        )
        return _session_state(session) if session else None

    def fetch_subscription(self, ref: str) -> Snapshot | None:
        # Whoever asked later knows more: Stripe's objects have no version of their own.
        version = time.time_ns() // 1000
        found = self._find(lambda client: client.subscriptions.retrieve(ref))
        if found is None:
            return None
        paid = self._ask(
            lambda client: client.invoices.list(
                params={"subscription": ref, "status": "paid", "limit": 100}
            )
        )
        return _snapshot(found, paid["data"], version=version)

    def fetch_charge(self, ref: str) -> ChargeState | None:
        charge = self._find(
            lambda client: client.charges.retrieve(ref, params={"expand": ["payment_intent"]})
        )
        if charge is None:
            return None
        invoice = self._invoice_of(charge)
        if invoice is None:
            return _charge_state(charge)
        ref = _subscription_ref(invoice)
        found = self._find(lambda client: client.subscriptions.retrieve(ref)) if ref else None
        return ChargeState(
            ref=charge["id"],
            reference=_reference(found or {}),
            payment=_paid(invoice),
            subscription_ref=ref or None,
            disputed=bool(charge["disputed"]),
        )

    def _invoice_of(self, charge: dict[str, Any]) -> dict[str, Any] | None:
        """What a subscription's charge paid; versions of Stripe's API before 2025-03-31 name it."""
        ref, intent = charge.get("invoice"), charge.get("payment_intent") or {}
        if not ref and intent and not _reference(intent):
            by = {"type": "payment_intent", "payment_intent": intent["id"]}
            paid = self._ask(lambda client: client.invoice_payments.list(params={"payment": by}))
            ref = next((one["invoice"] for one in paid["data"]), None)
        return self._find(lambda client: client.invoices.retrieve(ref)) if ref else None

    def _coupon(self, order: Order) -> str:
        """What a voucher takes off the first payment: a line's price is that of every renewal."""
        name = f"checkout-{order.checkout_id}"
        off = {
            "id": name,
            "amount_off": order.renewal.minor - order.first.minor,
            "currency": order.renewal.currency.lower(),
            "duration": "once",
            "max_redemptions": 1,
        }
        try:
            self._ask(lambda client: client.coupons.create(params=off))
        except PaymentsUnavailable as error:
            # Asked for a second time, it is there.
            if getattr(error.__cause__, "code", "") != "resource_already_exists":
                raise
        return name

    def cancel(self, ref: str, *, at_once: bool, now: datetime) -> Snapshot:
        if at_once:
            # One that is canceled already is not found.
            self._find(lambda client: client.subscriptions.cancel(ref))
        else:
            at_end = {"cancel_at_period_end": True}
            self._ask(lambda client: client.subscriptions.update(ref, params=at_end))
        snapshot = self.fetch_subscription(ref)
        if snapshot is None:
            raise PaymentsUnavailable
        return snapshot

    def _find(self, call: Any) -> dict[str, Any] | None:
        stripe = _library()
        try:
            return self._ask(call)
        except PaymentsUnavailable as error:
            cause = error.__cause__
            if isinstance(cause, stripe.InvalidRequestError) and cause.http_status == 404:
                return None
            raise

    def _ask(self, call: Any) -> dict[str, Any]:
        refuse_in_transaction("Stripe is asked")
        stripe = _library()
        client = self.client or stripe.StripeClient(self.key)
        try:
            answer: Any = call(client)
        except stripe.StripeError as error:
            raise PaymentsUnavailable from error
        told: dict[str, Any] = answer if isinstance(answer, dict) else answer.to_dict()
        return told


def _library() -> Any:
    """Raises RuntimeError with what to install."""
    try:
        import stripe
    except ImportError:
        raise RuntimeError("Stripe needs the extra `payments`: pip install stripe") from None
    return stripe


def _params(order: Order) -> dict[str, Any]:
    price: dict[str, Any] = {
        "currency": order.due.currency.lower(),
        "unit_amount": (order.renewal if order.months else order.due).minor,
        "tax_behavior": "inclusive",
        "product_data": {"name": order.description},
    }
    tagged = {"metadata": {"checkout": str(order.checkout_id)}}
    back = f"{settings.PUBLIC_URL}/billing/checkouts/{order.checkout_id}"
    params: dict[str, Any] = {
        "client_reference_id": str(order.checkout_id),
        "line_items": [{"price_data": price, "quantity": 1}],
        "locale": order.language.split("-", 1)[0],
        "success_url": back,
        "cancel_url": back,
        **tagged,
    }
    if not order.months:
        return {**params, "mode": "payment", "payment_intent_data": tagged}
    price["recurring"] = {"interval": "month", "interval_count": order.months}
    trial = {"trial_period_days": order.trial_days} if order.trial_days else {}
    return {**params, "mode": "subscription", "subscription_data": {**tagged, **trial}}


def _notice(told: dict[str, Any]) -> Notice:
    try:
        ref, kind, about = told["id"], told["type"], told["data"]["object"]
        object_ref = _object_ref(kind, about)
    except (LookupError, TypeError, AttributeError):
        raise MalformedNotice("not what Stripe sends") from None
    if not all(_is_name(one) for one in (ref, kind, object_ref or "-")):
        raise MalformedNotice("not what Stripe sends")
    known = _ABOUT.get(kind, "none") if object_ref else "none"
    return Notice(ref=ref, kind=kind[:60], about=known, object_ref=object_ref)


def _is_name(told: object) -> bool:
    return isinstance(told, str) and 0 < len(told) <= _LONGEST_REF and told.isprintable()


def _object_ref(kind: str, about: dict[str, Any]) -> str:
    """What to ask for: an invoice's subscription, a dispute's charge, else the object itself."""
    if kind.startswith("invoice."):
        return _subscription_ref(about)
    if kind.startswith("charge.dispute."):
        return str(about.get("charge") or "")
    return str(about.get("id") or "")


def _subscription_ref(invoice: dict[str, Any]) -> str:
    """An invoice's subscription, in the old place or in the new; empty where it has none."""
    parent = invoice.get("parent") or {}
    details = parent.get("subscription_details") or {}
    return str(invoice.get("subscription") or details.get("subscription") or "")


def _reference(about: dict[str, Any]) -> str:
    return str((about.get("metadata") or {}).get("checkout", ""))


def _charge_state(charge: dict[str, Any]) -> ChargeState:
    """Of a purchase without a subscription: named as `_session_state` names it."""
    intent = charge.get("payment_intent") or {}
    payment = Payment(
        ref=charge["id"],
        amount=_money(charge["amount"], charge["currency"]),
        paid_at=_instant(intent.get("created") or charge["created"]),
    )
    return ChargeState(
        ref=charge["id"],
        reference=_reference(intent),
        payment=payment,
        subscription_ref=None,
        disputed=bool(charge["disputed"]),
    )


def _session_state(session: dict[str, Any]) -> SessionState:
    paid = session["payment_status"] in {"paid", "no_payment_required"}
    status = "paid" if session["status"] == "complete" and paid else session["status"]
    intent = session.get("payment_intent")
    payment = None
    if status == "paid" and isinstance(intent, dict):
        payment = Payment(
            ref=str(intent.get("latest_charge") or intent["id"]),
            amount=_money(session["amount_total"], session["currency"]),
            paid_at=_instant(intent["created"]),
        )
    return SessionState(
        ref=session["id"],
        reference=session.get("client_reference_id") or "",
        status=status,
        payment=payment,
        subscription_ref=session.get("subscription"),
    )


def _snapshot(found: dict[str, Any], paid: list[dict[str, Any]], *, version: int) -> Snapshot:
    item = found["items"]["data"][0]
    ends = bool(found.get("cancel_at_period_end"))
    seen = _SEEN.get(found["status"], Seen.UNPAID)
    ended = found.get("ended_at")
    return Snapshot(
        ref=found["id"],
        reference=_reference(found),
        version=version,
        seen=Seen.WILL_END if ends and seen is not Seen.ENDED else seen,
        started_at=_instant(found["start_date"]),
        period_start=_instant(item["current_period_start"]),
        period_end=_instant(item["current_period_end"]),
        ended_at=_instant(ended) if ended else None,
        paid=tuple(_paid(invoice) for invoice in reversed(paid) if invoice["amount_paid"]),
    )


def _paid(invoice: dict[str, Any]) -> Payment:
    period = invoice["lines"]["data"][0]["period"]
    return Payment(
        ref=invoice["id"],
        amount=_money(invoice["amount_paid"], invoice["currency"]),
        paid_at=_instant(invoice["status_transitions"]["paid_at"]),
        period_start=_instant(period["start"]),
        period_end=_instant(period["end"]),
    )


def _money(minor: int, currency: str) -> Money:
    return Money(minor, currency.upper())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
