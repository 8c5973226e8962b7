"""Products and prices in rows, and the groups of countries that pay them."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from contexts.billing import models as rows
from contexts.billing.adapters.terms import read
from contexts.billing.domain.prices import Offer, Product, UnknownProduct
from contexts.shared.kernel import Money

EVERYWHERE = "world"


class OrmCatalog:
    def offer(self, product: str, *, country: str, now: datetime) -> Offer:
        found = in_force(now=now).filter(product_id=product, group=group_of(country))
        row = found.select_related("product").order_by("-valid_from").first()
        # MariaDB takes "premium " for "premium".
        if row is None or row.product_id != product:
            raise UnknownProduct(product=product[:40])
        return Offer(
            product=_product(row.product), price_id=row.pk, price=Money(row.minor, row.currency)
        )

    def product(self, code: str) -> Product:
        return _product(rows.Product.objects.get(pk=code))

    def name(self, code: str, *, language: str) -> str:
        return named(rows.Product.objects.get(pk=code).names, language)


def in_force(*, now: datetime) -> Any:
    """Return the prices that hold at an instant."""
    open_ended = Q(valid_until=None) | Q(valid_until__gt=now)
    return rows.Price.objects.filter(open_ended, valid_from__lte=now)


def group_of(country: str) -> str:
    return _groups().get(country, EVERYWHERE)


def named(names: dict[str, str], language: str) -> str:
    """Return a product's name in a language, in English if it has none there."""
    return names.get(language.split("-", 1)[0], names["en"])


@cache
def _groups() -> dict[str, str]:
    groups = read("products")["groups"]
    return {country: group for group, countries in groups.items() for country in countries}


def _product(row: rows.Product) -> Product:
    return Product(
        code=row.code,
        kind=row.kind,
        feature=row.feature,
        months=row.months,
        trial_days=row.trial_days,
        credits=row.credits,
        expires_days=row.expires_days,
    )
