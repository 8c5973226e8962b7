"""Our terms, from the files of the catalog."""

import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from contexts.billing.domain.commission import Commission
from contexts.billing.domain.pay import ListPrice
from contexts.billing.domain.prices import Tax
from contexts.billing.domain.terms import in_force
from contexts.shared.kernel import Money

SHIPPED = Path(__file__).resolve().parents[1] / "catalog"


class ShippedTerms:
    def commission(self, *, now: datetime) -> Commission:
        return in_force(_commissions(), day=legal_date(now))

    def list_price(self, currency: str, *, now: datetime) -> ListPrice:
        found = (one for one in _list_prices() if one.price.currency == currency)
        return in_force(found, day=legal_date(now))

    def tax(self, country: str, *, now: datetime) -> Tax:
        known = (one for one in _taxes() if one.country == country)
        nothing = Tax(country=country, valid_from=date.min, basis_points=0)
        return in_force([nothing, *known], day=legal_date(now))

    def promotion(self, credits: int) -> Money:  # noqa: A002 - the word of the trade
        """Return what a promotion pays for this many credits."""
        each = read("terms")["promotion"]
        return Money(each["minor"] * credits, each["currency"])


def seller() -> dict[str, Any]:
    """Return the seller: `entity`, `name`, `lines` of address, `time_zone` and `tax_id`."""
    found: dict[str, Any] = {**read("terms")["seller"]}
    found["tax_id"] = settings.BILLING["SELLER_TAX_ID"] or found.get("tax_id", "")
    return found


def legal_date(at: datetime) -> date:
    """Return the date in the seller's zone. It numbers invoices and decides rates and terms."""
    return at.astimezone(ZoneInfo(seller()["time_zone"])).date()


def has_tax(country: str, *, now: datetime) -> bool:
    """Whether a tax rate of a country is in force."""
    day = legal_date(now)
    return any(one.country == country and one.valid_from <= day for one in _taxes())


@cache
def _commissions() -> tuple[Commission, ...]:
    return tuple(Commission(**one) for one in read("terms")["commissions"])


@cache
def _list_prices() -> tuple[ListPrice, ...]:
    return tuple(
        ListPrice(valid_from=block["valid_from"], price=Money(minor, currency))
        for block in read("terms")["lessons"]
        for currency, minor in block["minor"].items()
    )


def pays_in(currency: str) -> bool:
    """Whether tutors can be paid in a currency."""
    return any(one.price.currency == currency for one in _list_prices())


@cache
def _taxes() -> tuple[Tax, ...]:
    return tuple(Tax(**one) for one in read("terms")["taxes"])


@cache
def read(name: str) -> dict[str, Any]:
    """Return the content of a file of the catalog: the operator's, or else the shipped one."""
    mounted = Path(settings.BILLING["CATALOG"] or SHIPPED) / f"{name}.toml"
    path = mounted if mounted.exists() else SHIPPED / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
