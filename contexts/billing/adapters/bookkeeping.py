"""Adding the ledger up, for whoever must be sure of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from contexts.billing import models as rows
from contexts.billing.domain import accounts


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not add up: where, and by how many minor units."""

    where: str
    off: int


def check_ledger() -> list[Finding]:
    """Every currency and every transaction sums to zero, every wallet to its entries."""
    return [*_currencies(), *_transactions(), *_wallets(), *_grants()]


def _currencies() -> Iterator[Finding]:
    sums = rows.LedgerEntry.objects.values_list("account__currency").annotate(Sum("minor"))
    yield from (Finding(f"currency {currency}", sum_) for currency, sum_ in sums if sum_)


def _transactions() -> Iterator[Finding]:
    sums = rows.LedgerEntry.objects.values_list("transaction__cause", "account__currency")
    off = sums.annotate(sum_=Sum("minor")).exclude(sum_=0)
    yield from (Finding(f"transaction {cause} {currency}", sum_) for cause, currency, sum_ in off)


def _wallets() -> Iterator[Finding]:
    codes = (accounts.CREDITS_AVAILABLE, accounts.CREDITS_HELD)
    entries = rows.LedgerEntry.objects.filter(account__code__in=codes)
    posted: dict[tuple[UUID | None, str], int] = {
        (customer_id, code): sum_
        for customer_id, code, sum_ in entries.values_list(
            "account__customer_id", "account__code"
        ).annotate(Sum("minor"))
    }
    for wallet in rows.Wallet.objects.iterator():
        kept = {accounts.CREDITS_AVAILABLE: wallet.available, accounts.CREDITS_HELD: wallet.held}
        for code, amount in kept.items():
            off = amount - posted.pop((wallet.customer_id, code), 0)
            if off:
                yield Finding(f"wallet {wallet.customer_id} {code}", off)
    yield from (Finding(f"wallet {who} {code}", -sum_) for (who, code), sum_ in posted.items())


def _grants() -> Iterator[Finding]:
    sums = rows.Wallet.objects.annotate(
        granted_available=Sum("grants__available"), granted_held=Sum("grants__held")
    )
    for wallet in sums.iterator():
        off = wallet.available - (wallet.granted_available or 0)
        if off := off or wallet.held - (wallet.granted_held or 0):
            yield Finding(f"grants of {wallet.customer_id}", off)
