"""Checkouts on fakes, and answers of a provider about them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from contexts.billing.application.providers import ChargeState, SessionState
from contexts.billing.domain.subscriptions import Payment, Seen, Snapshot
from contexts.shared.kernel import Money
from tests.fakes.billing.use_cases import Billing

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
CUSTOMER = UUID(int=1)
CHECKOUT = UUID(int=2)


def begun(billing: Billing, product: str = "lessons-5", **options: Any) -> UUID:
    """Begin a checkout. Return its id."""
    arguments: dict[str, Any] = {
        "checkout_id": CHECKOUT,
        "customer_id": CUSTOMER,
        "voucher": None,
        "trial": False,
        "provider": "sandbox",
        "now": NOW,
    }
    return billing.checkouts.begin(product=product, **arguments | options)


def payment(minor: int = 7000, *, ref: str = "ch_1", period: int | None = None) -> Payment:
    """Return a payment of a pack, or of a subscription's period."""
    start = None if period is None else NOW + period * MONTH
    return Payment(
        ref=ref,
        amount=Money(minor, "EUR"),
        paid_at=NOW,
        period_start=start,
        period_end=start and start + MONTH,
    )


def paid(minor: int = 7000) -> SessionState:
    return SessionState(ref="cs_1", reference=str(CHECKOUT), status="paid", payment=payment(minor))


def snapshot(
    *payments: Payment, seen: Seen = Seen.PAID, version: int = 1, ref: str = "sub_1"
) -> Snapshot:
    """Return a subscription that has made these payments, one for each period."""
    start = NOW + max(len(payments) - 1, 0) * MONTH
    return Snapshot(
        ref=ref,
        reference=str(CHECKOUT),
        version=version,
        seen=seen,
        started_at=NOW,
        period_start=start,
        period_end=start + MONTH,
        paid=payments,
    )


def disputed(of: Payment, *, subscription_ref: str | None = None) -> ChargeState:
    return ChargeState(
        ref=of.ref,
        reference=str(CHECKOUT),
        payment=of,
        subscription_ref=subscription_ref,
        disputed=True,
    )


FIRST = payment(999, ref="in_1", period=0)
SECOND = payment(999, ref="in_2", period=1)

_BOOKED = ["terms.tax", "ledger.has", "ledger.post", "invoices.issue"]
_FOLLOWED = ["catalog.product", "entitlements.take", "subscriptions.of"]
_ENTITLED = ["subscriptions.save", "entitlements.save"]
# Calls of each use case about a checkout to its collaborators. A crash may come after any.
CALLS = {
    "pack": [
        "checkouts.take",
        *_BOOKED,
        "evidence.of",
        "catalog.product",
        "wallets.open",
        "wallets.save",
        "checkouts.save",
    ],
    "subscription": [
        "checkouts.take",
        *_FOLLOWED,
        "subscriptions.has_live",
        "customers.is_gone",
        "subscriptions.add",
        *_BOOKED,
        "revenue.defer",
        "evidence.of",
        *_ENTITLED,
        "checkouts.save",
    ],
    "trial": [
        "checkouts.take",
        *_FOLLOWED,
        "subscriptions.had_any",
        "customers.is_gone",
        "subscriptions.add",
        *_ENTITLED,
        "checkouts.save",
    ],
    "renewal": [
        "checkouts.take",
        *_FOLLOWED,
        "terms.tax",
        "ledger.has",
        *_BOOKED,
        "revenue.defer",
        *_ENTITLED,
    ],
    "disputed pack": [
        "checkouts.take",
        "ledger.has",
        "ledger.has",
        "ledger.post",
        "wallets.open",
        "wallets.save",
        "checkouts.save",
    ],
    "disputed subscription": [
        "checkouts.take",
        "ledger.has",
        *_FOLLOWED,
        "terms.tax",
        "ledger.has",
        "ledger.has",
        "ledger.post",
        "revenue.revoke",
        *_FOLLOWED,
        *_ENTITLED,
        "checkouts.save",
    ],
}
