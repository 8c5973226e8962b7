"""Outcomes of checkouts, and time that passes until then."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from busuu.sandbox import models as vendor
from busuu.sandbox import renewals
from contexts.billing import api
from contexts.billing.models import (
    Checkout,
    CreditGrant,
    Invoice,
    LedgerEntry,
    Wallet,
)
from contexts.shared.kernel import now

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LATER = timedelta(minutes=5)


def balance(code: str) -> int:
    entries = LedgerEntry.objects.filter(account__code=code)
    return entries.aggregate(sum_=Sum("minor"))["sum_"] or 0


def sweep(after: timedelta = LATER) -> None:
    sweep_at(now() + after)


def sweep_at(at: datetime) -> None:
    """Let time pass at the vendor, then sweep."""
    renewals.pass_time(now=at)
    api.sweep(now=at)


def assert_five_credits_once(customer_id: UUID) -> None:
    """Assert all effects of one paid checkout of five lessons in Spain."""
    assert Wallet.objects.get(pk=customer_id).available == 500
    assert CreditGrant.objects.count() == vendor.Charge.objects.count() == 1
    invoice = Invoice.objects.get()
    assert (invoice.gross_minor, invoice.tax_minor, invoice.net_minor) == (7000, 1215, 5785)
    assert balance("cash") == 7000
    assert balance("tax_payable") == -1215
    assert balance("credit_liability") == -5785
    assert Checkout.objects.get().state == "fulfilled"
    assert api.check_ledger() == []
