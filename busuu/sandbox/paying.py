"""A buyer pays with a card."""

import secrets
from datetime import datetime, timedelta

from busuu.sandbox.cards import CardDeclined, NoSuchSession, SessionClosed, card
from busuu.sandbox.models import Charge, Session, Subscription
from busuu.sandbox.months import add_months
from busuu.sandbox.webhooks import record
from contexts.shared.database.transactions.atomic import for_context

atomic = for_context("sandbox")

DISPUTED_AFTER = timedelta(days=1)


def pay(*, session_id: str, number: str, by_itself: bool, now: datetime) -> None:
    """Pay a page with a card. If `by_itself`, the webhooks are sent after the commit.

    Raises NoSuchSession, SessionClosed, CardDeclined.
    """
    declined = _pay(session_id=session_id, number=number, by_itself=by_itself, now=now)
    if declined:
        raise CardDeclined(why=declined)


@atomic
def _pay(*, session_id: str, number: str, by_itself: bool, now: datetime) -> str | None:
    """Return the reason if the card is declined; the webhook about that is committed too."""
    session = Session.objects.select_for_update().filter(pk=session_id).first()
    if session is None:
        raise NoSuchSession
    if session.status_at(now) != "open":
        raise SessionClosed
    used = card(number)
    if used.declined:
        record(session, "checkout.payment_failed", ref=session.pk, now=now, by_itself=by_itself)
        return used.declined
    session.status, session.version = "paid", session.version + 1
    session.save(update_fields=["status", "version"])
    subscription = _subscribe(session, used.number, now=now) if session.months else None
    if session.minor and not session.trial_days:
        start, end = (
            (subscription.period_start, subscription.period_end) if subscription else (None, None)
        )
        charge(session, session.minor, used.number, start=start, end=end, now=now)
    record(session, "checkout.completed", ref=session.pk, now=now, by_itself=by_itself)
    if subscription:
        kind = "subscription.created"
        record(session, kind, ref=subscription.pk, now=now, by_itself=by_itself)
    return None


def _subscribe(session: Session, number: str, *, now: datetime) -> Subscription:
    trial_end = now + timedelta(days=session.trial_days)
    return Subscription.objects.create(
        id=f"sub_{secrets.token_hex(12)}",
        session=session,
        status="trialing" if session.trial_days else "active",
        card=number,
        started_at=now,
        period_start=now,
        period_end=trial_end if session.trial_days else add_months(now, session.months),
        periods=0 if session.trial_days else 1,
    )


def charge(
    session: Session,
    minor: int,
    number: str,
    *,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
) -> None:
    """Take money from a card, for a period from `start` to `end` if it is a subscription."""
    Charge.objects.create(
        id=f"ch_{secrets.token_hex(12)}",
        session=session,
        minor=minor,
        currency=session.currency,
        status="succeeded",
        period_start=start,
        period_end=end,
        dispute_at=now + DISPUTED_AFTER if card(number).disputes else None,
        created_at=now,
    )


def pay_due(*, subscription_id: str, number: str, by_itself: bool, now: datetime) -> None:
    """Pay what is due with a card, which then renews. Raises NoSuchSession, CardDeclined."""
    used = card(number)
    if used.declined:
        raise CardDeclined(why=used.declined)
    _pay_due(subscription_id=subscription_id, number=used.number, by_itself=by_itself, now=now)


@atomic
def _pay_due(*, subscription_id: str, number: str, by_itself: bool, now: datetime) -> None:
    found = Subscription.objects.select_for_update().filter(pk=subscription_id).first()
    if found is None or found.status != "past_due" or found.ended_at is not None:
        raise NoSuchSession
    found.card, found.status, found.failures = number, "active", 0
    found.version += 1
    found.save()
    session, start, end = found.session, found.period_start, found.period_end
    charge(session, session.renewal_minor, number, start=start, end=end, now=now)
    record(session, "subscription.updated", ref=found.pk, now=now, by_itself=by_itself)
