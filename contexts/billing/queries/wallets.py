"""Lesson credits as their customer sees them. Amounts are hundredths of a credit."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet

from contexts.billing import models as rows
from contexts.billing.domain.accounts import CREDITS_AVAILABLE, CREDITS_HELD, ONE_CREDIT
from contexts.billing.domain.grants import GrantKind

_PARTS = {"available": CREDITS_AVAILABLE, "held": CREDITS_HELD}
_HUNDREDTHS = "In hundredths of a lesson credit."


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Credits of one origin. The first to expire are spent first."""

    id: UUID
    kind: GrantKind
    granted: Annotated[int, _HUNDREDTHS]
    available: Annotated[int, _HUNDREDTHS]
    held: Annotated[int, _HUNDREDTHS]
    expires_at: datetime | None
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """The caller's lesson credits."""

    available: Annotated[int, _HUNDREDTHS]
    held: Annotated[int, f"{_HUNDREDTHS} For booked lessons."]
    bookable: Annotated[int, "Lessons of 60 minutes that can be booked now."]
    grants: list[Grant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A movement of lesson credits into a part of the wallet, or out of it."""

    id: int
    kind: str
    part: Literal["available", "held"]
    amount: Annotated[int, f"{_HUNDREDTHS} Negative if they left."]
    occurred_at: datetime


class MovementFilter(django_filters.FilterSet):
    part = django_filters.ChoiceFilter(
        field_name="account__code", choices=[(name, name) for name in _PARTS], method="of_part"
    )

    class Meta:
        model = rows.LedgerEntry
        fields = ["part"]

    def of_part(self, entries: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return entries.filter(**{name: _PARTS[value]})


def wallet(customer_id: UUID, *, now: datetime) -> Wallet:
    """Return the balance. Expired credits do not count, even before the sweep drops them."""
    row = rows.Wallet.objects.filter(pk=customer_id).first()
    live = Q(available__gt=0) | Q(held__gt=0)
    found = rows.CreditGrant.objects.filter(live, wallet=customer_id).order_by("expires_at", "pk")
    grants = [_grant(one, now) for one in found]
    available = sum(one.available for one in grants)
    return Wallet(
        available=available,
        held=row.held if row else 0,
        bookable=available // ONE_CREDIT,
        grants=grants,
    )


def movements_of(customer_id: UUID) -> QuerySet[rows.LedgerEntry]:
    """Return the ledger's entries in a customer's wallet."""
    found = rows.LedgerEntry.objects.filter(
        account__customer_id=customer_id, account__code__in=_PARTS.values()
    )
    return found.select_related("account", "transaction")


def to_movement(row: rows.LedgerEntry) -> Movement:
    return Movement(
        id=row.pk,
        kind=row.transaction.kind,
        part="held" if row.account.code == CREDITS_HELD else "available",
        amount=row.minor,
        occurred_at=row.transaction.occurred_at,
    )


def _grant(row: rows.CreditGrant, now: datetime) -> Grant:
    over = row.expires_at is not None and row.expires_at <= now
    return Grant(
        id=row.pk,
        kind=GrantKind(row.kind),
        granted=row.granted,
        available=0 if over else row.available,
        held=row.held,
        expires_at=row.expires_at,
        granted_at=row.granted_at,
    )
