"""Time passes: subscriptions renew and end, charges are disputed."""

from datetime import datetime, timedelta

from busuu.sandbox.cards import card
from busuu.sandbox.models import Charge, Session, Subscription
from busuu.sandbox.months import add_months
from busuu.sandbox.paying import charge
from busuu.sandbox.webhooks import record
from contexts.shared.database.transactions.atomic import for_context

atomic = for_context("sandbox")

MOST_FAILURES = 4
_AT_ONCE = 100


def pass_time(*, now: datetime) -> int:
    """Renew, end and dispute what is due by now. Returns the number of changes."""
    renewing = Subscription.objects.filter(ended_at=None, period_end__lte=now)
    retrying = Subscription.objects.filter(ended_at=None, status="past_due")
    due = (renewing | retrying).values_list("session_id", flat=True)[:_AT_ONCE]
    disputed = Charge.objects.filter(status="succeeded", dispute_at__lte=now)
    charges = disputed.values_list("pk", flat=True)[:_AT_ONCE]
    changes = sum(_renew(session_id=session_id, now=now) for session_id in list(due))
    return changes + sum(_dispute(charge_id=charge_id, now=now) for charge_id in list(charges))


@atomic
def _renew(*, session_id: str, now: datetime) -> int:
    session = Session.objects.select_for_update().get(pk=session_id)
    subscription = Subscription.objects.get(session=session)
    changes = 0
    while _step(session, subscription, now=now):
        changes += 1
        subscription.version += 1
    if changes:
        subscription.save()
        ended = subscription.ended_at is not None
        kind = "subscription.deleted" if ended else "subscription.updated"
        record(session, kind, ref=subscription.pk, now=now, by_itself=True)
    return changes


def _step(session: Session, subscription: Subscription, *, now: datetime) -> bool:
    """Make the next change that is due by now. Returns whether there was one."""
    if subscription.ended_at is not None:
        return False
    if subscription.status == "past_due":
        return _retry(subscription, now=now)
    if subscription.period_end > now:
        return False
    if subscription.cancel_at_end:
        subscription.status, subscription.ended_at = "canceled", subscription.period_end
        return True
    _start_period(session, subscription)
    if card(subscription.card).renews:
        subscription.status = "active"
        _charge_period(session, subscription)
    else:
        subscription.status, subscription.failures = "past_due", 1
    return True


def _start_period(session: Session, subscription: Subscription) -> None:
    anchor = subscription.started_at + timedelta(days=session.trial_days)
    subscription.periods += 1
    subscription.period_start = subscription.period_end
    subscription.period_end = add_months(anchor, session.months * subscription.periods)


def _charge_period(session: Session, subscription: Subscription) -> None:
    minor = session.renewal_minor
    # The first period is renewed into only after a trial.
    if subscription.periods == 1 and session.first_minor is not None:
        minor = session.first_minor
    if minor:
        start, end = subscription.period_start, subscription.period_end
        charge(session, minor, subscription.card, start=start, end=end, now=start)


def _retry(subscription: Subscription, *, now: datetime) -> bool:
    """Try the card once a day. The subscription ends after the last failure."""
    if now < subscription.period_start + timedelta(days=subscription.failures):
        return False
    subscription.failures += 1
    if subscription.failures > MOST_FAILURES:
        subscription.status, subscription.ended_at = "canceled", now
    return True


@atomic
def _dispute(*, charge_id: str, now: datetime) -> int:
    disputed = Charge.objects.select_for_update().get(pk=charge_id)
    if disputed.status != "succeeded":
        return 0
    disputed.status = "disputed"
    disputed.save(update_fields=["status"])
    record(disputed.session, "charge.disputed", ref=disputed.pk, now=now, by_itself=True)
    for subscription in Subscription.objects.filter(session=disputed.session, ended_at=None):
        end(subscription, at_once=True, now=now)
    return 1


def end(subscription: Subscription, *, at_once: bool, now: datetime) -> None:
    """Cancel a subscription, now or at the end of its period, in the caller's transaction."""
    if at_once:
        subscription.status, subscription.ended_at = "canceled", now
    subscription.cancel_at_end = True
    subscription.version += 1
    subscription.save()
    kind = "subscription.deleted" if at_once else "subscription.updated"
    record(subscription.session, kind, ref=subscription.pk, now=now, by_itself=True)
