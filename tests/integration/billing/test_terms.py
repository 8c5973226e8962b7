"""Taxes: every country in which something is sold has a rate."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contexts.billing import api
from contexts.billing.adapters import prices, terms
from contexts.billing.adapters.catalog import catalog
from contexts.shared.kernel import now
from contexts.shared.kernel.countries import COUNTRIES
from tests.factories.billing import CustomerFactory, bought
from tests.integration.billing.mounting import mount

# Members of the euro area since January 2026, and the other members of the union.
EURO = [
    "AT",
    "BE",
    "BG",
    "CY",
    "DE",
    "EE",
    "ES",
    "FI",
    "FR",
    "GR",
    "HR",
    "IE",
    "IT",
    "LT",
    "LU",
    "LV",
    "MT",
    "NL",
    "PT",
    "SI",
    "SK",
]
OTHER_MEMBERS = ["CZ", "DK", "HU", "PL", "RO", "SE"]


class TestTaxes:
    @pytest.mark.parametrize("country", EURO)
    def test_are_known_for_every_euro_country(self, country: str) -> None:
        assert prices.group_of(country) == "euro"
        assert terms.ShippedTerms().tax(country, now=now()).basis_points >= 1500

    @pytest.mark.parametrize("country", OTHER_MEMBERS)
    def test_are_known_for_the_whole_union(self, country: str) -> None:
        assert terms.ShippedTerms().tax(country, now=now()).basis_points >= 1500

    def test_are_known_for_the_euro_countries_alone_by_that_name(self) -> None:
        assert sorted(catalog().products.groups["euro"]) == sorted(EURO)
        assert len(EURO) == 21

    def test_are_zero_only_where_the_catalog_says_so(self) -> None:
        named = {name for one in catalog().terms.untaxed for name in one.countries}
        sold = {name for name in COUNTRIES if terms.has_rate(name, now=now())}

        free = {name for name in sold if not terms.ShippedTerms().tax(name, now=now()).basis_points}
        assert free == named
        assert not free & {*EURO, *OTHER_MEMBERS}

    def test_begin_on_the_sellers_day(self) -> None:
        new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)

        assert terms.legal_date(new_year) == date(2026, 1, 1)
        assert terms.ShippedTerms().tax("ES", now=new_year).basis_points == 2100
        assert terms.ShippedTerms().commission(now=new_year).basis_points == 2000


@pytest.mark.django_db
class TestACountryWithoutARate:
    @pytest.mark.parametrize("country", ["BR", "IN", "KR"])
    def test_is_sold_nothing(self, country: str) -> None:
        api.load_prices(now=now())
        customer_id = CustomerFactory(country=country).pk

        with pytest.raises(api.NotSoldThere):
            bought(customer_id)

        shown = api.prices_for(customer_id=customer_id, now=now())
        assert (shown.results, shown.country, shown.hint) == ([], country, "not_sold_there")

    def test_is_sold_to_as_soon_as_the_catalog_has_one(self, mounted: Path) -> None:
        rate = '[[taxes]]\ncountry = "BR"\nvalid_from = 2026-01-01\nbasis_points = 1700\n\n'
        mount(mounted, "terms", "[[untaxed]]", f"{rate}[[untaxed]]")

        assert bought(CustomerFactory(country="BR").pk).currency == "USD"
