"""Lesson credits as their customer sees them. Amounts are hundredths of a credit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from contexts.billing.models import CreditGrant, LedgerEntry, Wallet

CREDIT = 100
_CODES = ("credits_available", "credits_held")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantShown:
    """Credits of one origin; they are used up in the order of their expiry."""

    id: UUID
    kind: str
    granted: int
    available: int
    held: int
    expires_at: datetime | None
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletShown:
    """`bookable` is how many lessons the available hundredths pay for now."""

    available: int
    held: int
    bookable: int
    grants: list[GrantShown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """What moved in a wallet: `part` is available or held, `amount` below 0 left it."""

    id: int
    kind: str
    part: str
    amount: int
    occurred_at: datetime


def wallet(customer_id: UUID, *, now: datetime) -> WalletShown:
    """The balance; what has expired does not count, whether or not the sweep has been there."""
    row = Wallet.objects.filter(pk=customer_id).first()
    live = Q(available__gt=0) | Q(held__gt=0)
    found = CreditGrant.objects.filter(live, wallet=customer_id).order_by("expires_at", "pk")
    grants = [_grant(one, now) for one in found]
    available = sum(one.available for one in grants)
    return WalletShown(
        available=available,
        held=row.held if row else 0,
        bookable=available // CREDIT,
        grants=grants,
    )


def movements_of(customer_id: UUID) -> QuerySet[LedgerEntry]:
    """The ledger's entries in a customer's wallet."""
    mine = LedgerEntry.objects.filter(account__customer_id=customer_id, account__code__in=_CODES)
    return mine.select_related("account", "transaction")


def movement(row: LedgerEntry) -> Movement:
    return Movement(
        id=row.pk,
        kind=row.transaction.kind,
        part=row.account.code.removeprefix("credits_"),
        amount=row.minor,
        occurred_at=row.transaction.occurred_at,
    )


def _grant(row: CreditGrant, now: datetime) -> GrantShown:
    over = row.expires_at is not None and row.expires_at <= now
    return GrantShown(
        id=row.pk,
        kind=row.kind,
        granted=row.granted,
        available=0 if over else row.available,
        held=row.held,
        expires_at=row.expires_at,
        granted_at=row.granted_at,
    )
