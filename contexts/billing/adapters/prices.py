"""Products and prices on their rows, and the shipped file that they come from."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q

from contexts.billing import models as rows
from contexts.billing.adapters.terms import read
from contexts.billing.domain.prices import Offer, Product, UnknownProduct
from contexts.shared.kernel import Money, new_id

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
    """The prices that hold at an instant."""
    open_ended = Q(valid_until=None) | Q(valid_until__gt=now)
    return rows.Price.objects.filter(open_ended, valid_from__lte=now)


def group_of(country: str) -> str:
    return _groups().get(country, EVERYWHERE)


def named(names: dict[str, str], language: str) -> str:
    """A product's name in a language that it has; English where it has not."""
    return names.get(language.split("-", 1)[0], names["en"])


@cache
def _groups() -> dict[str, str]:
    groups = read("products")["groups"]
    return {country: group for group, countries in groups.items() for country in countries}


def load_prices(*, now: datetime) -> int:
    """Bring the shipped products and prices in. What was published stays. Returns what is new."""
    for position, product in enumerate(read("products")["products"]):
        told = {**product, "position": position}
        rows.Product.objects.update_or_create(code=told.pop("code"), defaults=told)
    known = set(rows.Price.objects.values_list("product_id", "group", "currency", "valid_from"))
    fresh = [
        price
        for price in _prices()
        if (price.product_id, price.group, price.currency, price.valid_from) not in known
    ]
    rows.Price.objects.bulk_create(fresh, ignore_conflicts=True)
    _end_what_is_followed()
    return len(fresh)


def _prices() -> Iterator[rows.Price]:
    for block in read("products")["prices"]:
        for product, minor in block["minor"].items():
            yield rows.Price(
                id=new_id(),
                product_id=product,
                group=block["group"],
                currency=block["currency"],
                minor=minor,
                valid_from=block["valid_from"],
                valid_until=block.get("valid_until"),
            )


def _end_what_is_followed() -> None:
    """A price ends where the next of its kind begins."""
    followed: dict[tuple[str, str], rows.Price] = {}
    for price in rows.Price.objects.order_by("-valid_from"):
        later = followed.get((price.product_id, price.group))
        if later and price.valid_until is None and price.valid_from < later.valid_from:
            rows.Price.objects.filter(pk=price.pk).update(valid_until=later.valid_from)
        followed[price.product_id, price.group] = price


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
