"""The sandbox behind the provider port."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings

from contexts.billing.adapters import signing
from contexts.billing.adapters.sandbox import events, paying
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
from contexts.billing.models import SandboxCharge, SandboxSession, SandboxSubscription
from contexts.shared.database.aliases import alias_of
from contexts.shared.database.atomic import for_context, refuse_in_transaction
from contexts.shared.database.taking import taken
from contexts.shared.kernel import Money, now

_PAGE_LIFETIME = timedelta(days=1)
_LONGEST_REF = 60
_ABOUT = {"checkout": "checkout", "subscription": "subscription", "charge": "charge"}


class SandboxProvider:
    name = "sandbox"

    def create_checkout(self, order: Order, *, now: datetime) -> Session:
        refuse_in_transaction("a payment page is asked for")
        session = _session(order=order, now=now)
        return Session(ref=session, url=f"{settings.PUBLIC_URL}/billing/sandbox/{session}")

    def verify(self, body: bytes, headers: Mapping[str, str], *, now: datetime) -> Notice:
        header = headers.get(events.HEADER)
        if not header:
            raise NoticeRefused(why="unsigned")
        signing.check(header, body, secret=events.secret(), now=now)
        return _notice(body)

    def fetch_checkout(self, ref: str) -> SessionState | None:
        refuse_in_transaction("a payment is asked for")
        session = SandboxSession.objects.filter(pk=ref).first()
        return _session_state(session) if session else None

    def fetch_subscription(self, ref: str) -> Snapshot | None:
        refuse_in_transaction("a subscription is asked for")
        found = SandboxSubscription.objects.select_related("session").filter(pk=ref).first()
        return snapshot_of(found) if found else None

    def fetch_charge(self, ref: str) -> ChargeState | None:
        refuse_in_transaction("a charge is asked for")
        found = SandboxCharge.objects.select_related("session").filter(pk=ref).first()
        if found is None:
            return None
        subscription = SandboxSubscription.objects.filter(session=found.session).first()
        return ChargeState(
            ref=found.pk,
            reference=found.session.reference,
            payment=_payment(found),
            subscription_ref=subscription.pk if subscription else None,
            disputed=found.status == "disputed",
        )

    def cancel(self, ref: str, *, at_once: bool, now: datetime) -> Snapshot:
        refuse_in_transaction("a subscription is canceled")
        return _cancel(ref=ref, at_once=at_once, now=now)


@for_context("billing")
def _session(*, order: Order, now: datetime) -> str:
    fresh = SandboxSession(
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
        status="open",
        created_at=now,
        expires_at=now + _PAGE_LIFETIME,
    )
    return taken(fresh, using=alias_of("billing"), reference=fresh.reference).pk


@for_context("billing")
def _cancel(*, ref: str, at_once: bool, now: datetime) -> Snapshot:
    found = SandboxSubscription.objects.select_for_update().filter(pk=ref).first()
    if found is None:
        raise PaymentsUnavailable
    if found.ended_at is None and (at_once or not found.cancel_at_end):
        paying.end(found, at_once=at_once, now=now)
    return snapshot_of(found)


def _notice(body: bytes) -> Notice:
    try:
        told = json.loads(body)
        ref, kind, about = told["id"], told["type"], told["data"]["object"]["id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise MalformedNotice("not what the sandbox sends") from None
    if not all(_is_name(one) for one in (ref, kind, about)):
        raise MalformedNotice("not what the sandbox sends")
    return Notice(
        ref=ref, kind=kind, about=_ABOUT.get(kind.partition(".")[0], "none"), object_ref=about
    )


def _is_name(told: object) -> bool:
    return isinstance(told, str) and 0 < len(told) <= _LONGEST_REF and told.isprintable()


def _session_state(session: SandboxSession) -> SessionState:
    subscription = SandboxSubscription.objects.filter(session=session).first()
    charge = SandboxCharge.objects.filter(session=session).order_by("created_at", "id").first()
    over = session.status == "open" and session.expires_at <= now()
    return SessionState(
        ref=session.pk,
        reference=session.reference,
        status="expired" if over else session.status,
        payment=_payment(charge) if charge else None,
        subscription_ref=subscription.pk if subscription else None,
    )


def snapshot_of(found: SandboxSubscription) -> Snapshot:
    """A subscription as it stands."""
    charges = SandboxCharge.objects.filter(session=found.session).order_by("created_at", "id")
    return Snapshot(
        ref=found.pk,
        reference=found.session.reference,
        version=found.version,
        seen=_seen(found),
        started_at=found.started_at,
        period_start=found.period_start,
        period_end=found.period_end,
        ended_at=found.ended_at,
        paid=tuple(_payment(charge) for charge in charges),
    )


def _seen(found: SandboxSubscription) -> Seen:
    if found.ended_at is not None:
        return Seen.ENDED
    if found.cancel_at_end:
        return Seen.WILL_END
    return {"trialing": Seen.TRIAL, "active": Seen.PAID, "past_due": Seen.UNPAID}[found.status]


def _payment(charge: SandboxCharge) -> Payment:
    return Payment(
        ref=charge.pk,
        amount=Money(charge.minor, charge.currency),
        paid_at=charge.created_at,
        period_start=charge.period_start,
        period_end=charge.period_end,
    )
