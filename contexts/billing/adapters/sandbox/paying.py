"""What buyers and time do at the sandbox."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from contexts.billing.adapters.sandbox import events
from contexts.billing.adapters.sandbox.cards import CardDeclined, NoSuchSession, SessionClosed, card
from contexts.billing.domain.periods import add_months
from contexts.billing.models import SandboxCharge, SandboxSession, SandboxSubscription
from contexts.shared.database.atomic import for_context

atomic = for_context("billing")

DISPUTED_AFTER = timedelta(days=1)
MOST_FAILURES = 4
_AT_ONCE = 100


def pay(*, session_id: str, number: str, by_itself: bool, now: datetime) -> None:
    """A buyer gives a card. `by_itself` has the webhooks sent.

    Raises NoSuchSession, SessionClosed, CardDeclined.
    """
    declined = _pay(session_id=session_id, number=number, by_itself=by_itself, now=now)
    if declined:
        raise CardDeclined(why=declined)


@atomic
def _pay(*, session_id: str, number: str, by_itself: bool, now: datetime) -> str | None:
    session = SandboxSession.objects.select_for_update().filter(pk=session_id).first()
    if session is None:
        raise NoSuchSession
    if session.status != "open" or session.expires_at <= now:
        raise SessionClosed
    used = card(number)
    if used.declined:
        _tell(session, "checkout.payment_failed", session.pk, now=now, by_itself=by_itself)
        return used.declined
    session.status, session.version = "paid", session.version + 1
    session.save(update_fields=["status", "version"])
    subscription = _subscribe(session, used.number, now=now) if session.months else None
    first = subscription.period_start if subscription else None
    if session.minor and not session.trial_days:
        end = subscription.period_end if subscription else None
        _charge(session, session.minor, used.number, start=first, end=end, now=now)
    _tell(session, "checkout.completed", session.pk, now=now, by_itself=by_itself)
    if subscription:
        kind = "subscription.created"
        _tell(session, kind, subscription.pk, now=now, by_itself=by_itself)
    return None


def _subscribe(session: SandboxSession, number: str, *, now: datetime) -> SandboxSubscription:
    anchor = now + timedelta(days=session.trial_days)
    return SandboxSubscription.objects.create(
        id=_ref("sub"),
        session=session,
        status="trialing" if session.trial_days else "active",
        card=number,
        started_at=now,
        period_start=now,
        period_end=anchor if session.trial_days else add_months(now, session.months),
        periods=0 if session.trial_days else 1,
    )


def _charge(
    session: SandboxSession,
    minor: int,
    number: str,
    *,
    start: datetime | None,
    end: datetime | None,
    now: datetime,
) -> None:
    SandboxCharge.objects.create(
        id=_ref("ch"),
        session=session,
        minor=minor,
        currency=session.currency,
        status="succeeded",
        period_start=start,
        period_end=end,
        dispute_at=now + DISPUTED_AFTER if card(number).disputes else None,
        created_at=now,
    )


def pass_time(*, now: datetime) -> int:
    """Renew, end and dispute what is due by now. Returns how much happened."""
    renewing = SandboxSubscription.objects.filter(ended_at=None, period_end__lte=now)
    retrying = SandboxSubscription.objects.filter(ended_at=None, status="past_due")
    due = (renewing | retrying).values_list("session_id", flat=True)[:_AT_ONCE]
    disputed = SandboxCharge.objects.filter(status="succeeded", dispute_at__lte=now)
    charges = disputed.values_list("pk", flat=True)[:_AT_ONCE]
    moved = sum(_renew(session_id=session_id, now=now) for session_id in list(due))
    return moved + sum(_dispute(charge_id=charge_id, now=now) for charge_id in list(charges))


@atomic
def _renew(*, session_id: str, now: datetime) -> int:
    session = SandboxSession.objects.select_for_update().get(pk=session_id)
    subscription = SandboxSubscription.objects.get(session=session)
    moved = 0
    while _step(session, subscription, now=now):
        moved += 1
        subscription.version += 1
    if moved:
        subscription.save()
        ended = subscription.ended_at is not None
        kind = "subscription.deleted" if ended else "subscription.updated"
        _tell(session, kind, subscription.pk, now=now, by_itself=True)
    return moved


def _step(session: SandboxSession, subscription: SandboxSubscription, *, now: datetime) -> bool:
    """The next thing that is due by now, if there is any."""
    if subscription.ended_at is not None:
        return False
    if subscription.status == "past_due":
        return _retry(subscription, now=now)
    if subscription.period_end > now:
        return False
    if subscription.cancel_at_end:
        subscription.status, subscription.ended_at = "canceled", subscription.period_end
        return True
    anchor = subscription.started_at + timedelta(days=session.trial_days)
    subscription.periods += 1
    subscription.period_start = subscription.period_end
    subscription.period_end = add_months(anchor, session.months * subscription.periods)
    if card(subscription.card).renews:
        subscription.status = "active"
        _charge_period(session, subscription)
    else:
        subscription.status, subscription.failures = "past_due", 1
    return True


def _charge_period(session: SandboxSession, subscription: SandboxSubscription) -> None:
    minor = session.renewal_minor
    # Only after a trial is the first period one that is renewed into.
    if subscription.periods == 1 and session.first_minor is not None:
        minor = session.first_minor
    if minor:
        _charge(
            session,
            minor,
            subscription.card,
            start=subscription.period_start,
            end=subscription.period_end,
            now=subscription.period_start,
        )


def _retry(subscription: SandboxSubscription, *, now: datetime) -> bool:
    """Once a day, a few times; then it is over."""
    if now < subscription.period_start + timedelta(days=subscription.failures):
        return False
    subscription.failures += 1
    if subscription.failures > MOST_FAILURES:
        subscription.status, subscription.ended_at = "canceled", now
    return True


@atomic
def _dispute(*, charge_id: str, now: datetime) -> int:
    charge = SandboxCharge.objects.select_for_update().get(pk=charge_id)
    if charge.status != "succeeded":
        return 0
    charge.status = "disputed"
    charge.save(update_fields=["status"])
    _tell(charge.session, "charge.disputed", charge.pk, now=now, by_itself=True)
    found = SandboxSubscription.objects.filter(session=charge.session, ended_at=None)
    for subscription in found:
        end(subscription, at_once=True, now=now)
    return 1


def end(subscription: SandboxSubscription, *, at_once: bool, now: datetime) -> None:
    """Cancel, now or when what is paid is over; inside the caller's transaction."""
    if at_once:
        subscription.status, subscription.ended_at = "canceled", now
    subscription.cancel_at_end = True
    subscription.version += 1
    subscription.save()
    kind = "subscription.deleted" if at_once else "subscription.updated"
    _tell(subscription.session, kind, subscription.pk, now=now, by_itself=True)


def _tell(session: SandboxSession, kind: str, ref: str, *, now: datetime, by_itself: bool) -> UUID:
    return events.tell(session, kind, ref=ref, now=now, by_itself=by_itself)


def _ref(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(12)}"
