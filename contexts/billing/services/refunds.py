"""The flow of a refund: owed in the books, then made by the provider, then booked."""

from datetime import datetime
from uuid import UUID

from contexts.billing.adapters import providers
from contexts.billing.adapters import refunds as rows
from contexts.billing.domain import accounts
from contexts.billing.domain.ledger import transfer
from contexts.billing.services.wiring import atomic, ledger


def make(*, refund_id: UUID, now: datetime) -> None:
    """Have the provider give a payment back. Does nothing if it has. Raises PaymentsUnavailable."""
    refund = rows.find(refund_id)
    if refund is None or refund.state == rows.DONE:
        return
    rows.look_later(refund_id, now=now)
    provider = providers.named(refund.provider)
    provider.refund(refund.payment_ref, key=str(refund_id), now=now)
    _finish(refund_id=refund_id, minor=refund.minor, currency=refund.currency, now=now)


@atomic
def _finish(*, refund_id: UUID, minor: int, currency: str, now: datetime) -> None:
    if rows.finish(refund_id, now=now):
        given_back = transfer(
            cause=f"refunded:{refund_id}",
            kind="refunded",
            minor=minor,
            source=accounts.cash(currency),
            target=accounts.refunds_owed(currency),
            at=now,
        )
        ledger.post([given_back])
