"""Wallets in rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from contexts.billing import models as rows
from contexts.billing.application.ports import Ledger
from contexts.billing.domain.grants import Grant, GrantKind, Hold, HoldState, Part
from contexts.billing.domain.wallets import HoldNotFound, Wallet
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import Event, Money
from contexts.shared.messaging.publishing import publish

_GRANT_CHANGES = ("available", "held", "spent", "expired", "expires_at", "revoked_at")
_HOLD_CHANGES = (
    "state",
    "round",
    "held_at",
    "expires_at",
    "amount",
    "pay_minor",
    "pay_currency",
)
_OPEN = [state.value for state in HoldState if state.is_open]


@dataclass(frozen=True, slots=True)
class OrmWallets:
    """`publish` writes the events beside the rows."""

    ledger: Ledger
    publish: Callable[[Iterable[Event]], None] = publish

    def open(self, customer_id: UUID) -> Wallet:
        fresh = rows.Wallet(customer_id=customer_id)
        lock_row(fresh, using=alias_of("billing"), customer_id=customer_id)
        return _wallet(customer_id, hold_id=None)

    def find(self, customer_id: UUID, *, hold_id: UUID | None = None) -> Wallet | None:
        locked = rows.Wallet.objects.select_for_update().filter(pk=customer_id)
        return _wallet(customer_id, hold_id=hold_id) if locked.first() else None

    def has_grant(self, source: str) -> bool:
        return rows.CreditGrant.objects.filter(source=source).exists()

    def save(self, wallet: Wallet) -> None:
        _save_grants(wallet)
        _save_holds(wallet)
        if wallet.posted:
            rows.Wallet.objects.filter(pk=wallet.customer_id).update(
                available=wallet.available, held=wallet.held
            )
        self.ledger.post(wallet.posted)
        self.publish(wallet.collect_events())
        wallet.posted.clear()

    def announce(self, events: Iterable[Event]) -> None:
        self.publish(events)


def with_something_due(*, now: datetime, most: int) -> list[UUID]:
    """Return customers with an expired hold or grant."""
    lapsed = rows.CreditHold.objects.filter(state=HoldState.HELD.value, expires_at__lte=now)
    expired = rows.CreditGrant.objects.filter(expires_at__lte=now, available__gt=0)
    holders = lapsed.values_list("wallet_id", flat=True)[:most]
    owners = expired.values_list("wallet_id", flat=True)[:most]
    return sorted({*holders, *owners})[:most]


def is_held(*, hold_id: UUID) -> bool:
    """Return whether a credit is held under this id, for a while or for good."""
    return rows.CreditHold.objects.filter(pk=hold_id, state__in=_OPEN).exists()


def _wallet(customer_id: UUID, *, hold_id: UUID | None) -> Wallet:
    wallet = Wallet(customer_id=customer_id)
    wallet.holds = _holds(customer_id, hold_id)
    in_use = {part.grant_id for hold in wallet.holds.values() for part in hold.parts}
    live = Q(available__gt=0) | Q(held__gt=0) | Q(pk__in=in_use)
    found = rows.CreditGrant.objects.filter(live, wallet_id=customer_id)
    wallet.grants = {row.pk: _grant(row) for row in found}
    return wallet


def _holds(customer_id: UUID, hold_id: UUID | None) -> dict[UUID, Hold]:
    """Return holds that can expire, and the given one. Raises HoldNotFound if it is another's."""
    wanted = Q(wallet_id=customer_id, state=HoldState.HELD.value) | Q(pk=hold_id)
    found = list(rows.CreditHold.objects.filter(wanted))
    if any(row.wallet_id != customer_id for row in found):
        raise HoldNotFound
    parts: dict[UUID, list[Part]] = {row.pk: [] for row in found}
    for part in rows.HeldPart.objects.filter(hold__in=parts).order_by("id") if parts else ():
        parts[part.hold_id].append(
            Part(grant_id=part.grant_id, amount=part.amount, spent=part.spent)
        )
    return {
        row.pk: Hold(
            id=row.pk,
            state=HoldState(row.state),
            expires_at=row.expires_at,
            held_at=row.held_at,
            round=row.round,
            wanted=row.amount,
            pay=_pay(row),
            parts=parts[row.pk],
        )
        for row in found
    }


def _pay(row: rows.CreditHold) -> Money | None:
    if row.pay_minor is None or row.pay_currency is None:
        return None
    return Money(row.pay_minor, row.pay_currency)


def _grant(row: rows.CreditGrant) -> Grant:
    return Grant(
        id=row.pk,
        source=row.source,
        kind=GrantKind(row.kind),
        granted=row.granted,
        value=Money(row.value_minor, row.value_currency),
        expires_at=row.expires_at,
        granted_at=row.granted_at,
        available=row.available,
        held=row.held,
        spent=row.spent,
        expired=row.expired,
        revoked_at=row.revoked_at,
    )


def _save_grants(wallet: Wallet) -> None:
    changed = [wallet.grants[grant_id] for grant_id in sorted(wallet.changed_grants)]
    upsert(
        rows.CreditGrant,
        [grant_row(wallet, grant) for grant in changed],
        using=alias_of("billing"),
        unique=("id",),
        update=_GRANT_CHANGES,
    )
    wallet.changed_grants.clear()


def grant_row(wallet: Wallet, grant: Grant) -> rows.CreditGrant:
    return rows.CreditGrant(
        id=grant.id,
        wallet_id=wallet.customer_id,
        source=grant.source,
        kind=grant.kind.value,
        granted=grant.granted,
        available=grant.available,
        held=grant.held,
        spent=grant.spent,
        expired=grant.expired,
        value_minor=grant.value.minor,
        value_currency=grant.value.currency,
        granted_at=grant.granted_at,
        expires_at=grant.expires_at,
        revoked_at=grant.revoked_at,
    )


def _save_holds(wallet: Wallet) -> None:
    changed = [wallet.holds[hold_id] for hold_id in sorted(wallet.changed_holds)]
    if not changed:
        return
    upsert(
        rows.CreditHold,
        [hold_row(wallet, hold) for hold in changed],
        using=alias_of("billing"),
        unique=("id",),
        update=_HOLD_CHANGES,
    )
    _save_parts(changed)
    wallet.changed_holds.clear()


def hold_row(wallet: Wallet, hold: Hold) -> rows.CreditHold:
    return rows.CreditHold(
        id=hold.id,
        wallet_id=wallet.customer_id,
        state=hold.state.value,
        round=hold.round,
        held_at=hold.held_at,
        expires_at=hold.expires_at,
        amount=hold.wanted,
        pay_minor=hold.pay.minor if hold.pay else None,
        pay_currency=hold.pay.currency if hold.pay else None,
    )


def _save_parts(holds: list[Hold]) -> None:
    # A renewed hold may take its credit from another grant.
    if anew := [hold.id for hold in holds if hold.round > 1]:
        rows.HeldPart.objects.filter(hold__in=anew).delete()
    parts = [
        rows.HeldPart(hold_id=hold.id, grant_id=part.grant_id, amount=part.amount, spent=part.spent)
        for hold in holds
        for part in hold.parts
    ]
    upsert(
        rows.HeldPart,
        parts,
        using=alias_of("billing"),
        unique=("hold", "grant"),
        update=("amount", "spent"),
    )
