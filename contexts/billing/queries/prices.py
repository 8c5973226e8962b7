"""Prices as customers see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

from contexts.billing import models as rows
from contexts.billing.domain.prices import name_in
from contexts.billing.models.prices import in_force

MINOR = "In minor units of the currency."
ISO_4217 = "ISO 4217."
HINT = (
    "`not_sold_there`: nothing is sold in this country. `country_unproven`: prices do not follow "
    "the profile, which has changed too often in a year; a card of its country is charged by them."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A product's price in the country of the caller."""

    product: str
    kind: Literal["subscription", "credits"]
    name: str
    amount: Annotated[int, f"{MINOR} Tax is included."]
    currency: Annotated[str, ISO_4217]
    months: Annotated[int, "Of a subscription's period."]
    trial_days: int
    credits: Annotated[int, "Lessons in a pack."]
    expires_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceCountry:
    """The country that decides a customer's prices, and what keeps it from the profile's."""

    country: Annotated[str, "ISO 3166-1. Empty: the prices of the world."]
    hint: Annotated[str | None, HINT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Products for sale in the country that decides the caller's prices."""

    results: list[Price]
    country: Annotated[str, "ISO 3166-1. Empty: the prices of the world."]
    hint: Annotated[str | None, HINT]


def prices(*, group: str, language: str, now: datetime) -> list[Price]:
    """Return the prices of a group of countries, in the order of the catalog."""
    found = rows.Price.objects.filter(in_force(now), group=group).select_related("product")
    return [_price(row, language) for row in found.order_by("product__position", "product_id")]


def all_prices(*, now: datetime) -> Iterable[rows.Price]:
    """Return the prices of all groups, for staff."""
    return (
        rows.Price.objects.filter(in_force(now))
        .select_related("product")
        .order_by("group", "product__position")
    )


def _price(row: Any, language: str) -> Price:
    product = row.product
    return Price(
        product=product.pk,
        kind=product.kind,
        name=name_in(product.names, language),
        amount=row.minor,
        currency=row.currency,
        months=product.months,
        trial_days=product.trial_days,
        credits=product.credits,
        expires_days=product.expires_days,
    )


def product_name(product: str, *, language: str) -> str:
    """Return a product's name in a language. Raises DoesNotExist for an unknown product."""
    return name_in(rows.Product.objects.get(pk=product).names, language)
