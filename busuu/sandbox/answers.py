"""The vendor's rows in the words of billing's port."""

from collections.abc import Iterator
from datetime import datetime

from busuu.sandbox.models import Charge, Session, Subscription
from contexts.billing.api import (
    ChargeState,
    Evidence,
    EvidenceKind,
    Payment,
    Seen,
    SessionState,
    Snapshot,
)
from contexts.shared.kernel import Money

_SEEN = {"trialing": Seen.TRIAL, "active": Seen.PAID, "past_due": Seen.UNPAID}


def session_state(session: Session, *, now: datetime) -> SessionState:
    subscription = Subscription.objects.filter(session=session).first()
    charge = Charge.objects.filter(session=session).order_by("created_at", "id").first()
    return SessionState(
        ref=session.pk,
        reference=session.reference,
        status=session.status_at(now),
        payment=_payment(charge) if charge else None,
        subscription_ref=subscription.pk if subscription else None,
        evidence=tuple(_evidence(session)),
    )


def _evidence(session: Session) -> Iterator[Evidence]:
    """Yield the countries of the card and of the billing address."""
    seen = {
        EvidenceKind.CARD: session.card_country,
        EvidenceKind.BILLING_ADDRESS: session.billing_country,
    }
    for kind, country in seen.items():
        if country and session.authorized_at:
            yield Evidence(
                kind=kind,
                country=country,
                source=f"sandbox:{session.pk}",
                seen_at=session.authorized_at,
            )


def snapshot(subscription: Subscription) -> Snapshot:
    session = subscription.session
    charges = Charge.objects.filter(session=session).order_by("created_at", "id")
    return Snapshot(
        ref=subscription.pk,
        reference=session.reference,
        version=subscription.version,
        seen=_seen(subscription),
        started_at=subscription.started_at,
        period_start=subscription.period_start,
        period_end=subscription.period_end,
        ended_at=subscription.ended_at,
        paid=tuple(_payment(charge) for charge in charges),
    )


def charge_state(charge: Charge) -> ChargeState:
    subscription = Subscription.objects.filter(session=charge.session).first()
    return ChargeState(
        ref=charge.pk,
        reference=charge.session.reference,
        payment=_payment(charge),
        subscription_ref=subscription.pk if subscription else None,
        disputed=charge.status == "disputed",
    )


def _seen(subscription: Subscription) -> Seen:
    if subscription.ended_at is not None:
        return Seen.ENDED
    if subscription.cancel_at_end:
        return Seen.WILL_END
    return _SEEN[subscription.status]


def _payment(charge: Charge) -> Payment:
    return Payment(
        ref=charge.pk,
        amount=Money(charge.minor, charge.currency),
        paid_at=charge.created_at,
        period_start=charge.period_start,
        period_end=charge.period_end,
    )
