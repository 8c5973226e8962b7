from dataclasses import dataclass
from datetime import datetime

from busuu.sandbox.cards import NoSuchSession
from busuu.sandbox.models import Session, Subscription
from contexts.billing.api import format_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPage:
    id: str
    description: str
    amount: str
    renewal: str
    months: int
    trial_days: int
    status: str
    reference: str = ""


def page(session_id: str, *, now: datetime) -> PaymentPage:
    """Return the content of a payment page. Raises NoSuchSession."""
    row = Session.objects.filter(pk=session_id).first()
    # MariaDB compares ids without regard to trailing spaces.
    if row is None or row.pk != session_id:
        raise NoSuchSession
    return PaymentPage(
        id=row.pk,
        description=row.description,
        amount=format_amount(row.minor, row.currency),
        renewal=format_amount(row.renewal_minor, row.currency),
        months=row.months,
        trial_days=row.trial_days,
        status=row.status_at(now),
        reference=row.reference,
    )


def due(subscription_id: str) -> PaymentPage:
    """Return the page of what a subscription owes. Raises NoSuchSession if it owes nothing."""
    found = Subscription.objects.select_related("session").filter(
        pk=subscription_id, status="past_due", ended_at=None
    )
    row = found.first()
    if row is None or row.pk != subscription_id:
        raise NoSuchSession
    amount = format_amount(row.session.renewal_minor, row.session.currency)
    return PaymentPage(
        id=row.pk,
        description=row.session.description,
        amount=amount,
        renewal=amount,
        months=row.session.months,
        trial_days=0,
        status="open",
    )
