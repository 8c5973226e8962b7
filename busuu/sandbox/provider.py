"""The vendor's client library: what billing's settings name as its provider."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from busuu.sandbox import answers, notices, paying, renewals, signing
from busuu.sandbox import models as rows
from busuu.sandbox.webhooks import record
from contexts.billing.api import (
    CardRefused,
    ChargeState,
    Notice,
    NoticeRefused,
    Order,
    PaymentsUnavailable,
    Session,
    SessionState,
    Snapshot,
)
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context, refuse_in_transaction
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import now

atomic = for_context("sandbox")

_PAGE_LIFETIME = timedelta(days=1)


class SandboxProvider:
    """Fulfills billing's port `Provider`."""

    name = "sandbox"

    def create_checkout(self, order: Order, *, now: datetime) -> Session:
        refuse_in_transaction("a payment page is asked for")
        session = _open_page(order=order, now=now)
        return Session(ref=session, url=f"{settings.PUBLIC_URL}/billing/sandbox/{session}")

    def verify(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Notice:
        header = headers.get(signing.HEADER)
        if not header:
            raise NoticeRefused(why="unsigned")
        signing.check(header, body, secret=signing.secret(), now=now)
        return notices.read(body)

    def fetch_checkout(self, ref: str) -> SessionState | None:
        refuse_in_transaction("a payment is asked for")
        session = rows.Session.objects.filter(pk=ref).first()
        return answers.session_state(session, now=now()) if session else None

    def fetch_subscription(self, ref: str) -> Snapshot | None:
        refuse_in_transaction("a subscription is asked for")
        found = rows.Subscription.objects.select_related("session").filter(pk=ref).first()
        return answers.snapshot(found) if found else None

    def fetch_charge(self, ref: str) -> ChargeState | None:
        refuse_in_transaction("a charge is asked for")
        found = rows.Charge.objects.select_related("session").filter(pk=ref).first()
        return answers.charge_state(found) if found else None

    def expire_checkout(self, ref: str, *, now: datetime) -> SessionState | None:
        refuse_in_transaction("a payment page is closed")
        _close_page(ref=ref, now=now)
        return self.fetch_checkout(ref)

    def capture(self, ref: str, order: Order, *, now: datetime) -> SessionState:
        refuse_in_transaction("a card is charged")
        if paying.capture(ref=ref, order=order, now=now):
            raise CardRefused
        session = rows.Session.objects.get(pk=ref)
        return answers.session_state(session, now=now)

    def refund(self, payment_ref: str, *, key: str, now: datetime) -> None:
        refuse_in_transaction("a payment is given back")
        rows.Charge.objects.filter(pk=payment_ref).update(status="refunded")

    def resume(self, ref: str, *, now: datetime) -> Snapshot:
        refuse_in_transaction("a subscription is resumed")
        return _resume(ref=ref, now=now)

    def due_page(self, ref: str, *, now: datetime) -> str | None:
        refuse_in_transaction("a payment page is asked for")
        due = rows.Subscription.objects.filter(pk=ref, status="past_due", ended_at=None)
        return f"{settings.PUBLIC_URL}/billing/sandbox/due/{ref}" if due.exists() else None

    def cancel(self, ref: str, *, at_once: bool, now: datetime) -> Snapshot:
        refuse_in_transaction("a subscription is canceled")
        return _cancel(ref=ref, at_once=at_once, now=now)


@atomic
def _open_page(*, order: Order, now: datetime) -> str:
    fresh = rows.Session(
        id=f"cs_{secrets.token_hex(16)}",
        reference=str(order.checkout_id),
        customer_ref=str(order.customer_id),
        description=order.description,
        minor=order.due.minor,
        renewal_minor=order.renewal.minor if order.months else 0,
        first_minor=order.first.minor,
        currency=order.due.currency,
        months=order.months,
        trial_days=order.trial_days,
        page=order.page,
        country=order.country,
        status="open",
        created_at=now,
        expires_at=now + _PAGE_LIFETIME,
    )
    return lock_row(fresh, using=alias_of("sandbox"), reference=fresh.reference, page=order.page).pk


@atomic
def _cancel(*, ref: str, at_once: bool, now: datetime) -> Snapshot:
    found = rows.Subscription.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise PaymentsUnavailable
    if found.ended_at is None and (at_once or not found.cancel_at_end):
        renewals.end(found, at_once=at_once, now=now)
    return answers.snapshot(found)


@atomic
def _close_page(*, ref: str, now: datetime) -> None:
    session = rows.Session.objects.select_for_update().filter(pk=ref).first()
    if session is not None and session.status_at(now) in {"open", "authorized"}:
        session.status, session.version = "expired", session.version + 1
        session.save(update_fields=["status", "version"])


@atomic
def _resume(*, ref: str, now: datetime) -> Snapshot:
    found = rows.Subscription.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise PaymentsUnavailable
    if found.ended_at is None and found.cancel_at_end:
        found.cancel_at_end, found.version = False, found.version + 1
        found.save(update_fields=["cancel_at_end", "version"])
        record(found.session, "subscription.updated", ref=ref, now=now, by_itself=True)
    return answers.snapshot(found)
