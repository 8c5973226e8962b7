from dataclasses import dataclass
from datetime import datetime

from busuu.sandbox.cards import NoSuchSession
from busuu.sandbox.models import Session
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
    )
