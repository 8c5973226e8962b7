"""The catalog and the terms, shipped or mounted by an operator."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from contexts.billing import api
from contexts.billing.adapters import prices, terms
from contexts.shared.kernel import now
from tests.factories.billing import CustomerFactory, bought

# Members of the euro area since January 2026.
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
FILES = (terms.read, terms._taxes, terms._commissions, terms._list_prices, prices._groups)


@pytest.fixture
def mounted(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A folder of the operator's own files, read anew."""
    settings.BILLING = {**settings.BILLING, "CATALOG": str(tmp_path)}
    yield tmp_path
    for one in FILES:
        one.cache_clear()


def mount(folder: Path, name: str, before: str, after: str) -> None:
    """Put a changed copy of a shipped file into a folder."""
    text = (terms.SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    assert before in text
    (folder / f"{name}.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    for one in FILES:
        one.cache_clear()


class TestTaxes:
    @pytest.mark.parametrize("country", EURO)
    def test_are_known_for_every_euro_country(self, country: str) -> None:
        assert prices.group_of(country) == "euro"
        assert terms.ShippedTerms().tax(country, now=now()).basis_points > 0

    def test_are_known_for_every_country_with_its_own_prices(self) -> None:
        assert [one for one in prices._groups() if not terms.has_tax(one, now=now())] == []

    def test_begin_on_the_sellers_day(self) -> None:
        new_year = datetime(2025, 12, 31, 23, 30, tzinfo=UTC)

        assert terms.legal_date(new_year) == date(2026, 1, 1)
        assert terms.ShippedTerms().tax("ES", now=new_year).basis_points == 2100
        assert terms.ShippedTerms().commission(now=new_year).basis_points == 2000

    @pytest.mark.django_db
    def test_that_are_unknown_stop_the_sale(self, mounted: Path) -> None:
        mount(mounted, "terms", 'country = "AT"', 'country = "XX"')

        with pytest.raises(api.NotSoldThere):
            bought(CustomerFactory(country="AT").pk)

        assert bought(CustomerFactory(country="ES").pk).currency == "EUR"


class TestAMountedFile:
    def test_replaces_the_shipped_one(self, mounted: Path) -> None:
        mount(mounted, "terms", 'name = "Busuu Open"', 'name = "Escuela SL"')

        assert terms.seller()["name"] == "Escuela SL"
        assert prices.group_of("ES") == "euro"
