"""A buyer gives a card, and the shop charges it."""

import secrets
from datetime import datetime, timedelta

from busuu.sandbox.cards import (
    CardDeclined,
    NoSuchSession,
    SessionClosed,
    UnknownCountry,
    card,
)
from busuu.sandbox.models import Charge, Session, Subscription
from busuu.sandbox.months import add_months
from busuu.sandbox.webhooks import record
from contexts.billing.api import Order
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel.countries import COUNTRIES

atomic = for_context("sandbox")

DISPUTED_AFTER = timedelta(days=1)
# A bank holds the money of a card for so long.
HELD_FOR = timedelta(days=7)
ANYWHERE = "US"


def pay(
    *, session_id: str, number: str, by_itself: bool, billing_country: str = "", now: datetime
) -> None:
    """Give a page a card, which is held until the shop charges it.

    If `by_itself`, the webhooks are sent after the commit. Without a billing country, the buyer's
    address is where the card is from, or where the shop thinks. Raises NoSuchSession,
    SessionClosed, CardDeclined, UnknownCountry.
    """
    if billing_country and billing_country not in COUNTRIES:
        raise UnknownCountry(country=billing_country[:40])
    declined = _authorize(
        session_id=session_id,
        number=number,
        by_itself=by_itself,
        billing_country=billing_country,
        now=now,
    )
    if declined:
        raise CardDeclined(why=declined)


@atomic
def _authorize(
    *, session_id: str, number: str, by_itself: bool, billing_country: str, now: datetime
) -> str | None:
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
    session.status, session.version = "authorized", session.version + 1
    session.card, session.hold, session.authorized_at = used.number, not by_itself, now
    session.card_country = used.country or session.country or ANYWHERE
    session.billing_country = billing_country or session.country or session.card_country
    session.expires_at = now + HELD_FOR
    session.save()
    record(session, "checkout.completed", ref=session.pk, now=now, by_itself=by_itself)
    return None


@atomic
def capture(*, ref: str, order: Order, now: datetime) -> str | None:
    """Charge the card of an authorized page by an order. Does nothing if it is not authorized.

    Return the reason if the charge is declined; the card is released then.
    """
    session = Session.objects.select_for_update().get(pk=ref)
    if session.status_at(now) != "authorized":
        return None
    if declined := card(session.card).uncharged:
        session.status, session.version = "expired", session.version + 1
        session.save(update_fields=["status", "version"])
        return declined
    session.minor, session.first_minor = order.due.minor, order.first.minor
    session.renewal_minor = order.renewal.minor if order.months else 0
    session.currency, session.country = order.due.currency, order.country
    session.status, session.version = "paid", session.version + 1
    session.save()
    subscription = _subscribe(session, session.card, now=now) if session.months else None
    if session.minor and not session.trial_days:
        start, end = (
            (subscription.period_start, subscription.period_end) if subscription else (None, None)
        )
        charge(session, session.minor, session.card, start=start, end=end, now=now)
    if subscription:
        kind, by_itself = "subscription.created", not session.hold
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
