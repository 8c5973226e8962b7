"""Buyers, and the country that their prices follow, in rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.people import customers
from contexts.billing.application.ports import Buyer
from contexts.billing.domain.price_countries import PriceCountry
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row


class OrmCustomers:
    def buyer(self, customer_id: UUID, *, now: datetime) -> Buyer:
        profile = _profile(customer_id)
        row = _locked(customer_id, profile["country"], now=now)
        believed = _believed(row)
        if believed.follow(profile["country"], now=now):
            _store(row, believed, now=now)
        return _buyer(profile, believed, now=now)

    def look(self, customer_id: UUID, *, now: datetime) -> Buyer:
        """Return the buyer as `buyer` does, and store nothing."""
        profile = _profile(customer_id)
        row = rows.PriceCountry.objects.filter(pk=customer_id).first()
        believed = _believed(row) if row else PriceCountry()
        believed.follow(profile["country"], now=now)
        return _buyer(profile, believed, now=now)

    def prove(self, customer_id: UUID, country: str, *, now: datetime) -> None:
        if self.is_gone(customer_id):
            return
        row = _locked(customer_id, country, now=now)
        believed = _believed(row)
        believed.prove(country, now=now)
        _store(row, believed, now=now)

    def proven_at(self, customer_id: UUID, country: str, *, now: datetime) -> datetime | None:
        row = rows.PriceCountry.objects.filter(pk=customer_id).first()
        return _believed(row).proven_at(country, now=now) if row else None

    def is_gone(self, customer_id: UUID) -> bool:
        # Our own copy of a new account may lag behind. Then identity knows it.
        known = rows.Customer.objects.filter(pk=customer_id).exists()
        return not known and customers.look_up(customer_id) is None


def _profile(customer_id: UUID) -> Mapping[str, Any]:
    # Asked of identity: our own copy may lag behind what the buyer has just changed.
    profile = customers.look_up(customer_id)
    if profile is None:
        row = rows.Customer.objects.filter(pk=customer_id).values().first()
        profile = row or {"country": "", "interface_language": "en"}
    return profile


def _buyer(profile: Mapping[str, Any], believed: PriceCountry, *, now: datetime) -> Buyer:
    return Buyer(
        country=believed.country,
        language=profile["interface_language"],
        hint=believed.hint(profile["country"], now=now),
    )


def _locked(customer_id: UUID, country: str, *, now: datetime) -> rows.PriceCountry:
    fresh = rows.PriceCountry(
        customer_id=customer_id, country=country, profile=country, changed_at=now
    )
    return lock_row(fresh, using=alias_of("billing"), customer_id=customer_id)


def _believed(row: rows.PriceCountry) -> PriceCountry:
    return PriceCountry(
        country=row.country,
        profile=row.profile,
        changes=[datetime.fromisoformat(one) for one in row.changes],
        proven={name: datetime.fromisoformat(at) for name, at in row.proven.items()},
    )


def _store(row: rows.PriceCountry, believed: PriceCountry, *, now: datetime) -> None:
    rows.PriceCountry.objects.filter(pk=row.pk).update(
        country=believed.country,
        profile=believed.profile,
        changes=[one.isoformat() for one in believed.changes],
        proven={name: at.isoformat() for name, at in believed.proven.items()},
        changed_at=now,
    )
