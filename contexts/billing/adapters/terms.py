"""Our terms, from the catalog."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from contexts.billing.adapters.catalog import catalog
from contexts.billing.adapters.catalog_files import Seller
from contexts.billing.domain.commission import Commission
from contexts.billing.domain.pay import ListPrice
from contexts.billing.domain.prices import Tax
from contexts.billing.domain.terms import in_force
from contexts.shared.kernel import Money


class ShippedTerms:
    def commission(self, *, now: datetime) -> Commission:
        agreed = (Commission(**dict(one)) for one in catalog().terms.commissions)
        return in_force(agreed, day=legal_date(now))

    def list_price(self, currency: str, *, now: datetime) -> ListPrice:
        found = (one for one in _list_prices() if one.price.currency == currency)
        return in_force(found, day=legal_date(now))

    def tax(self, country: str, *, now: datetime) -> Tax:
        nothing = Tax(country=country, valid_from=date.min, basis_points=0)
        return in_force([nothing, *_rates_of(country)], day=legal_date(now))

    def promotion(self, credits: int) -> Money:  # noqa: A002 - the word of the trade
        """Return what a promotion pays for this many credits."""
        each = catalog().terms.promotion
        return Money(each.minor * credits, each.currency)


def seller() -> Seller:
    """Return the seller. The setting of the tax id goes before the one of the file."""
    found = catalog().terms.seller
    return found.model_copy(update={"tax_id": settings.BILLING["SELLER_TAX_ID"] or found.tax_id})


def legal_date(at: datetime) -> date:
    """Return the date in the seller's zone. It numbers invoices and decides rates and terms."""
    return at.astimezone(ZoneInfo(catalog().terms.seller.time_zone)).date()


def has_rate(country: str, *, now: datetime) -> bool:
    """Whether a rate of a country is in force, which may be zero by the catalog's own words."""
    day = legal_date(now)
    return any(one.valid_from <= day for one in _rates_of(country))


def pays_in(currency: str) -> bool:
    """Whether tutors can be paid in a currency."""
    return any(one.price.currency == currency for one in _list_prices())


def _list_prices() -> Iterator[ListPrice]:
    for block in catalog().terms.lessons:
        for currency, minor in block.minor.items():
            yield ListPrice(valid_from=block.valid_from, price=Money(minor, currency))


def _rates_of(country: str) -> list[Tax]:
    return [
        Tax(country=name, valid_from=since, basis_points=rate)
        for name, since, rate in catalog().terms.rates()
        if name == country
    ]
