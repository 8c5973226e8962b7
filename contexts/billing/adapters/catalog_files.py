"""The shape of the catalog's files. Unknown keys and values of another type are refused."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal
from zoneinfo import available_timezones

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict

from contexts.shared.kernel.countries import COUNTRIES
from contexts.shared.kernel.currencies import EXPONENTS

_MOST_MINOR = 10**12
_SMALL = 32_767


def _one_of(known: Callable[[], object], what: str) -> AfterValidator:
    def check(code: str) -> str:
        if code not in known():  # type: ignore[operator]
            raise ValueError(f"is not {what}")
        return code

    return AfterValidator(check)


Country = Annotated[str, _one_of(lambda: COUNTRIES, "a country of ISO 3166-1")]
Currency = Annotated[str, _one_of(lambda: EXPONENTS, "a currency of ISO 4217")]
Zone = Annotated[str, _one_of(available_timezones, "a time zone of the IANA")]
Code = Annotated[str, MinLen(1), MaxLen(40)]
Group = Annotated[str, MinLen(1), MaxLen(20)]
Percentage = Annotated[int, Ge(0), Le(10_000)]
Minor = Annotated[int, Ge(1), Le(_MOST_MINOR)]
Small = Annotated[int, Ge(0), Le(_SMALL)]
Text = Annotated[str, MinLen(1), MaxLen(200)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Product(_Table):
    code: Code
    kind: Literal["subscription", "credits"]
    names: dict[str, Text]
    feature: Annotated[str, MaxLen(20)] = ""
    months: Small = 0
    trial_days: Small = 0
    credits: Small = 0
    expires_days: Annotated[int, Ge(1), Le(_SMALL)] | None = None


class Prices(_Table):
    valid_from: AwareDatetime
    valid_until: AwareDatetime | None = None
    group: Group
    currency: Currency
    minor: dict[str, Minor]


class Products(_Table):
    """products.toml."""

    products: Annotated[list[Product], MinLen(1)]
    groups: dict[Group, list[Country]]
    prices: Annotated[list[Prices], MinLen(1)]


class Seller(_Table):
    entity: Annotated[str, MinLen(1), MaxLen(10)]
    name: Text
    lines: list[Text]
    time_zone: Zone
    tax_id: Annotated[str, MaxLen(40)] = ""


class Commission(_Table):
    version: Code
    valid_from: date
    basis_points: Percentage


class Lessons(_Table):
    valid_from: date
    minor: dict[Currency, Minor]


class Promotion(_Table):
    currency: Currency
    minor: Minor


class Tax(_Table):
    country: Country
    valid_from: date
    basis_points: Percentage


class Untaxed(_Table):
    valid_from: date
    countries: list[Country]


class Terms(_Table):
    """terms.toml."""

    seller: Seller
    commissions: Annotated[list[Commission], MinLen(1)]
    lessons: Annotated[list[Lessons], MinLen(1)]
    promotion: Promotion
    taxes: list[Tax]
    untaxed: list[Untaxed] = []

    def rates(self) -> list[tuple[str, date, int]]:
        """Return every rate by country and first day. An untaxed country has a rate of zero."""
        taxed = [(one.country, one.valid_from, one.basis_points) for one in self.taxes]
        free = [(name, one.valid_from, 0) for one in self.untaxed for name in one.countries]
        return [*taxed, *free]


def day_of(at: datetime | None) -> str:
    """Return an instant as the operator writes it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else "for ever"
