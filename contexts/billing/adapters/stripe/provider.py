"""Stripe as a payment provider."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contexts.billing.adapters.stripe.answers import (
    charge_state,
    reference_of,
    session_state,
    snapshot_of,
    subscription_charge_state,
    subscription_ref,
)
from contexts.billing.adapters.stripe.calls import Calls
from contexts.billing.adapters.stripe.charging import HeldCards
from contexts.billing.adapters.stripe.library import library
from contexts.billing.adapters.stripe.notices import notice_of
from contexts.billing.adapters.stripe.orders import session_of
from contexts.billing.application.providers import (
    ChargeState,
    MalformedNotice,
    Notice,
    NoticeRefused,
    Order,
    Session,
    SessionState,
)
from contexts.billing.domain.checkouts import PaymentsUnavailable
from contexts.billing.domain.subscriptions import Snapshot

TOLERANCE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class StripeProvider:
    """Stripe, at its own address unless another is named. `client` is for tests."""

    key: str
    secret: str
    client: Any = field(default=None)
    address: str = ""
    name: str = "stripe"

    def create_checkout(self, order: Order, *, now: datetime) -> Session:
        params = session_of(order)
        made = self._ask(
            lambda client: client.checkout.sessions.create(
                params=params, options={"idempotency_key": order.key}
            )
        )
        return Session(ref=made["id"], url=made["url"])

    def verify(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Notice:
        stripe = library()
        header = headers.get("Stripe-Signature")
        if not header:
            raise NoticeRefused(why="unsigned")
        try:
            event = stripe.Webhook.construct_event(body, header, self.secret, TOLERANCE_SECONDS)
        except stripe.SignatureVerificationError as error:
            why = "stale" if "tolerance" in str(error) else "altered"
            raise NoticeRefused(why=why) from None
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise MalformedNotice("not what Stripe sends") from None
        # The library refuses old signatures only. One from the future could be kept and replayed.
        if _signed_at(header) > time.time() + TOLERANCE_SECONDS:
            raise NoticeRefused(why="stale")
        return notice_of(event.to_dict())

    def fetch_checkout(self, ref: str) -> SessionState | None:
        session = self._cards.session(ref)
        return session_state(session, self._cards.later(session)) if session else None

    def capture(self, ref: str, order: Order, *, now: datetime) -> SessionState:
        session = self._cards.session(ref)
        if session is None:
            raise PaymentsUnavailable
        seen = session_state(session, self._cards.later(session))
        if seen.status != "authorized":
            return seen
        self._cards.charge(session, order)
        return self.fetch_checkout(ref) or seen

    def fetch_subscription(self, ref: str) -> Snapshot | None:
        # Stripe's objects have no version, so a later request counts as newer.
        version = time.time_ns() // 1000
        found = self._find(lambda client: client.subscriptions.retrieve(ref))
        if found is None:
            return None
        paid = self._ask(
            lambda client: client.invoices.list(
                params={"subscription": ref, "status": "paid", "limit": 100}
            )
        )
        return snapshot_of(found, paid["data"], version=version)

    def fetch_charge(self, ref: str) -> ChargeState | None:
        charge = self._find(
            lambda client: client.charges.retrieve(ref, params={"expand": ["payment_intent"]})
        )
        if charge is None:
            return None
        invoice = self._invoice_of(charge)
        if invoice is None:
            return charge_state(charge)
        ref = subscription_ref(invoice)
        found = self._find(lambda client: client.subscriptions.retrieve(ref)) if ref else None
        return subscription_charge_state(charge, invoice, found or {})

    def _invoice_of(self, charge: dict[str, Any]) -> dict[str, Any] | None:
        """Return the invoice that a charge paid. Stripe's API named it before 2025-03-31."""
        ref, intent = charge.get("invoice"), charge.get("payment_intent") or {}
        if not ref and intent and not reference_of(intent):
            by = {"type": "payment_intent", "payment_intent": intent["id"]}
            paid = self._ask(lambda client: client.invoice_payments.list(params={"payment": by}))
            ref = next((one["invoice"] for one in paid["data"]), None)
        return self._find(lambda client: client.invoices.retrieve(ref)) if ref else None

    def cancel(self, ref: str, *, at_once: bool, now: datetime) -> Snapshot:
        if at_once:
            # Stripe does not find a canceled subscription.
            self._find(lambda client: client.subscriptions.cancel(ref))
        else:
            at_end = {"cancel_at_period_end": True}
            self._ask(lambda client: client.subscriptions.update(ref, params=at_end))
        snapshot = self.fetch_subscription(ref)
        if snapshot is None:
            raise PaymentsUnavailable
        return snapshot

    def expire_checkout(self, ref: str, *, now: datetime) -> SessionState | None:
        with suppress(PaymentsUnavailable):
            # Stripe refuses this for a page that is paid or expired; the state then says so.
            self._ask(lambda client: client.checkout.sessions.expire(ref))
        session = self._cards.session(ref)
        if session is None:
            return None
        seen = session_state(session, self._cards.later(session))
        if seen.status != "authorized":
            return seen
        self._cards.release(session)
        return self.fetch_checkout(ref)

    def refund(self, payment_ref: str, *, key: str, now: datetime) -> None:
        params = self._refunded(payment_ref)
        try:
            self._ask(
                lambda client: client.refunds.create(
                    params=params, options={"idempotency_key": key}
                )
            )
        except PaymentsUnavailable as error:
            if getattr(error.__cause__, "code", "") != "charge_already_refunded":
                raise

    def _refunded(self, payment_ref: str) -> dict[str, Any]:
        """Return the charge of a pack, or the payment of a subscription's invoice."""
        if payment_ref.startswith("pi_"):
            return {"payment_intent": payment_ref}
        if not payment_ref.startswith("in_"):
            return {"charge": payment_ref}
        by = {"invoice": payment_ref}
        paid = self._ask(lambda client: client.invoice_payments.list(params=by))
        return {"payment_intent": paid["data"][0]["payment"]["payment_intent"]}

    def resume(self, ref: str, *, now: datetime) -> Snapshot:
        goes_on = {"cancel_at_period_end": False}
        self._ask(lambda client: client.subscriptions.update(ref, params=goes_on))
        snapshot = self.fetch_subscription(ref)
        if snapshot is None:
            raise PaymentsUnavailable
        return snapshot

    def due_page(self, ref: str, *, now: datetime) -> str | None:
        expanded = {"expand": ["latest_invoice"]}
        found = self._find(lambda client: client.subscriptions.retrieve(ref, params=expanded))
        invoice = (found or {}).get("latest_invoice") or {}
        return invoice.get("hosted_invoice_url") if invoice.get("status") == "open" else None

    @property
    def _calls(self) -> Calls:
        return Calls(key=self.key, client=self.client, address=self.address)

    @property
    def _cards(self) -> HeldCards:
        return HeldCards(self._calls)

    def _find(self, call: Any) -> dict[str, Any] | None:
        return self._calls.find(call)

    def _ask(self, call: Any) -> dict[str, Any]:
        return self._calls.ask(call)


def _signed_at(header: str) -> int:
    """Return the time of a signature that was verified, in seconds since the epoch."""
    parts = (part.partition("=") for part in header.split(","))
    return next(int(value) for name, _, value in parts if name == "t")
