"""The catalog that an operator mounts: checked with plain messages, and never half believed."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from rest_framework.test import APIClient

from contexts.billing import api
from contexts.billing.adapters import prices, terms
from contexts.billing.adapters.catalog import SHIPPED
from contexts.billing.models import Price
from contexts.shared.kernel import now
from tests.factories.identity import UserFactory
from tests.integration.billing.mounting import mount

User = get_user_model()
ClientFor = Callable[[User], APIClient]
EURO_BLOCK = 'group = "euro"\ncurrency = "EUR"'
EURO_2027 = """[[prices]]
valid_from = {since}
{until}group = "euro"
currency = "EUR"
minor = {{ premium-monthly = 1099 }}

"""


def faults_of(folder: Path) -> list[str]:
    """Return what `prices check` says of a folder, as an operator reads it."""
    err = StringIO()
    with pytest.raises(CommandError, match=r"the catalog has \d+ fault"):
        call_command("prices", "check", str(folder), stderr=err)
    return err.getvalue().splitlines()


class TestCheckingACatalog:
    def test_finds_nothing_in_the_shipped_one(self) -> None:
        out = StringIO()

        call_command("prices", "check", str(SHIPPED), stdout=out)

        assert "nothing is wrong" in out.getvalue()

    @pytest.mark.parametrize(
        ("name", "before", "after", "fault"),
        [
            (
                "terms",
                'country = "AT"\nvalid_from',
                'country = "AT"\nvalid_form',
                "terms.toml: taxes 1 (AT) valid_form: is not a key of the catalog",
            ),
            (
                "terms",
                'country = "AT"\nvalid_from',
                'country = "AT"\nvalid_form',
                "terms.toml: taxes 1 (AT) valid_from: is missing",
            ),
            (
                "terms",
                "basis_points = 2100",
                "basis_points = 21000",
                "terms.toml: taxes 2 (BE) basis_points: "
                "input should be less than or equal to 10000 (21000)",
            ),
            (
                "terms",
                "basis_points = 2100",
                "basis_points = -1",
                "terms.toml: taxes 2 (BE) basis_points: "
                "input should be greater than or equal to 0 (-1)",
            ),
            (
                "terms",
                "basis_points = 2100",
                "basis_points = 21.0",
                "terms.toml: taxes 2 (BE) basis_points: input should be a valid integer (21.0)",
            ),
            (
                "terms",
                'country = "BE"',
                'country = "UK"',
                "terms.toml: taxes 2 (UK) country: is not a country of ISO 3166-1 ('UK')",
            ),
            (
                "terms",
                'country = "BE"',
                'country = "AT"',
                "terms.toml: country AT has two rates from 2026-01-01 on",
            ),
            (
                "terms",
                'country = "HR"',
                'country = "RS"',
                "terms.toml: country HR of the group euro has no tax rate",
            ),
            (
                "terms",
                'country = "HR"\nvalid_from = 2026-01-01',
                'country = "HR"\nvalid_from = 2026-03-01',
                "terms.toml: country HR has no tax rate from 2026-01-01 to 2026-03-01",
            ),
            (
                "terms",
                'version = "2026-1"\nvalid_from = 2026-01-01',
                'version = "2026-1"\nvalid_from = 2026-02-01',
                "terms.toml: no commission is in force from 2026-01-01 to 2026-02-01",
            ),
            (
                "terms",
                "Europe/Madrid",
                "Europe/Madird",
                "terms.toml: seller time_zone: is not a time zone of the IANA ('Europe/Madird')",
            ),
            (
                "terms",
                "EUR = 1200, ",
                "",
                "terms.toml: the lesson prices of 2026-01-01 lack EUR",
            ),
            (
                "terms",
                "[promotion]",
                "[promotion",
                "terms.toml: cannot be read: Expected ']' at the end of a table declaration "
                "(at line 23, column 11)",
            ),
            (
                "products",
                'currency = "EUR"',
                'currency = "EUX"',
                "products.toml: prices 2 (euro) currency: is not a currency of ISO 4217 ('EUX')",
            ),
            (
                "products",
                'group = "euro"',
                'group = "euros"',
                "products.toml: prices are for the group euros, which is not in [groups]",
            ),
            (
                "products",
                'group = "euro"',
                'group = "euros"',
                "products.toml: group euro has no prices",
            ),
            (
                "products",
                'britain = ["GB"]',
                'britain = ["GB", "IE"]',
                "products.toml: country IE is in two groups",
            ),
            (
                "products",
                "premium-monthly = 849",
                "premium-montly = 849",
                "products.toml: prices of britain name the product premium-montly, "
                "which is not there",
            ),
            (
                "products",
                "premium-monthly = 849",
                "premium-monthly = 0",
                "products.toml: prices 3 (britain) minor premium-monthly: "
                "input should be greater than or equal to 1 (0)",
            ),
            (
                "products",
                "credits = 1\n",
                "",
                "products.toml: product lessons-1 is a pack and needs `credits`",
            ),
            (
                "products",
                "2026-01-01T00:00:00Z",
                "2026-01-01",
                "products.toml: prices 1 (world) valid_from: input should be a valid datetime",
            ),
        ],
    )
    def test_names_the_place_and_the_fault(
        self, tmp_path: Path, name: str, before: str, after: str, fault: str
    ) -> None:
        mount(tmp_path, name, before, after)

        assert fault in faults_of(tmp_path)

    @pytest.mark.parametrize(
        ("until", "since", "fault"),
        [
            (
                "2026-12-01T00:00:00Z",
                "2027-01-01T00:00:00Z",
                "has no price from 2026-12-01T00:00:00Z to 2027-01-01T00:00:00Z",
            ),
            (
                "2027-02-01T00:00:00Z",
                "2027-01-01T00:00:00Z",
                "has two prices from 2027-01-01T00:00:00Z to 2027-02-01T00:00:00Z",
            ),
        ],
    )
    def test_finds_holes_and_overlaps_in_time(
        self, tmp_path: Path, until: str, since: str, fault: str
    ) -> None:
        next_year = EURO_2027.format(since=since, until="")
        mount(
            tmp_path,
            "products",
            f"[[prices]]\nvalid_from = 2026-01-01T00:00:00Z\n{EURO_BLOCK}",
            f"{next_year}[[prices]]\nvalid_from = 2026-01-01T00:00:00Z\n"
            f"valid_until = {until}\n{EURO_BLOCK}",
        )

        assert faults_of(tmp_path) == [f"products.toml: premium-monthly in euro {fault}"]

    def test_tells_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        folder = tmp_path / "nowhere"

        assert faults_of(folder) == [f"{folder} is not a folder"]

    def test_tells_a_file_by_another_name(self, tmp_path: Path) -> None:
        (tmp_path / "product.toml").write_text("")

        assert faults_of(tmp_path) == [
            "product.toml: is not a file of the catalog",
            f"{tmp_path} has neither products.toml nor terms.toml",
        ]


@pytest.mark.django_db
class TestAMountedCatalog:
    def test_replaces_the_shipped_file_of_its_name(self, mounted: Path) -> None:
        mount(mounted, "terms", 'name = "Busuu Open"', 'name = "Escuela SL"')

        assert terms.seller().name == "Escuela SL"
        assert prices.group_of("ES") == "euro"

    def test_counts_from_the_next_start_on(self, mounted: Path) -> None:
        mount(mounted, "terms", 'name = "Busuu Open"', 'name = "Escuela SL"')
        used = terms.seller().name
        (mounted / "terms.toml").write_text("broken [")

        assert (used, terms.seller().name) == ("Escuela SL", "Escuela SL")
        assert APIClient().get("/readyz").status_code == 200


@pytest.mark.django_db
class TestABrokenCatalog:
    def test_is_named_by_the_readiness(self, mounted: Path) -> None:
        mount(mounted, "terms", "basis_points = 2100", "basis_points = 21000")

        answer = APIClient().get("/readyz")

        assert answer.status_code == 503
        assert answer.json()["checks"]["catalog"] == (
            "terms.toml: taxes 2 (BE) basis_points: input should be less than or equal to 10000 "
            "(21000); run manage.py prices check"
        )

    def test_is_a_503_with_a_code_and_not_a_bug(self, mounted: Path, client_for: ClientFor) -> None:
        client = client_for(UserFactory(country="ES"))
        mount(mounted, "terms", "[seller]", "[seller")

        answer = client.get("/api/v1/billing/prices")

        assert (answer.status_code, answer.json()["code"]) == (503, "catalog_broken")
        assert answer["Retry-After"] == "60"
        assert "seller" not in answer.content.decode()

    def test_is_used_as_soon_as_it_is_mended(self, mounted: Path) -> None:
        mount(mounted, "terms", "[seller]", "[seller")
        with pytest.raises(api.CatalogBroken):
            terms.seller()
        broken = APIClient().get("/readyz").status_code

        (mounted / "terms.toml").write_text((SHIPPED / "terms.toml").read_text())

        assert terms.seller().name == "Busuu Open"
        assert (broken, APIClient().get("/readyz").status_code) == (503, 200)

    def test_is_not_loaded(self, mounted: Path) -> None:
        mount(mounted, "terms", 'country = "HR"', 'country = "RS"')
        err = StringIO()

        with pytest.raises(CommandError):
            call_command("prices", "load", stderr=err)

        assert err.getvalue() == "terms.toml: country HR of the group euro has no tax rate\n"
        assert not Price.objects.exists()
        with pytest.raises(api.CatalogBroken):
            api.load_prices(now=now())
