"""What the sandbox's page shows."""

from dataclasses import dataclass
from datetime import datetime

from contexts.billing.adapters.sandbox.cards import NoSuchSession
from contexts.billing.models import SandboxSession

# ISO 4217 currencies without a minor unit, of those in which we sell.
_WHOLE = frozenset({"JPY"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShown:
    id: str
    description: str
    amount: str
    renewal: str
    months: int
    trial_days: int
    status: str


def session(session_id: str, *, now: datetime) -> SessionShown:
    """Raises NoSuchSession."""
    row = SandboxSession.objects.filter(pk=session_id).first()
    if row is None or row.pk != session_id:
        raise NoSuchSession
    over = row.status == "open" and row.expires_at <= now
    return SessionShown(
        id=row.pk,
        description=row.description,
        amount=_written(row.minor, row.currency),
        renewal=_written(row.renewal_minor, row.currency),
        months=row.months,
        trial_days=row.trial_days,
        status="expired" if over else row.status,
    )


def _written(minor: int, currency: str) -> str:
    if currency in _WHOLE:
        return f"{minor} {currency}"
    return f"{minor // 100}.{minor % 100:02} {currency}"
