"""Prices: loaded from the shipped catalog, and those of a customer."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.catalog import catalog
from contexts.billing.adapters.customers import OrmCustomers
from contexts.billing.adapters.prices import group_of
from contexts.billing.adapters.terms import has_rate
from contexts.billing.application.ports import Buyer
from contexts.billing.domain.prices import NotSoldThere
from contexts.billing.queries.prices import PriceCountry, Prices, prices
from contexts.shared.kernel import new_id


def prices_for(*, customer_id: UUID, now: datetime) -> Prices:
    """Return the prices of the customer's country, named in the customer's language.

    A customer without a country gets the prices of the world. Nothing is sold in a country without
    a tax rate.
    """
    buyer = OrmCustomers().look(customer_id, now=now)
    country, hint = buyer.country, _hint(buyer, now=now)
    if hint == NotSoldThere.code:
        return Prices(results=[], country=country, hint=hint)
    found = prices(group=group_of(country), language=buyer.language, now=now)
    return Prices(results=found, country=country, hint=hint)


def price_country(*, customer_id: UUID, now: datetime) -> PriceCountry:
    """Return the country that decides a customer's prices."""
    buyer = OrmCustomers().look(customer_id, now=now)
    return PriceCountry(country=buyer.country, hint=_hint(buyer, now=now))


def _hint(buyer: Buyer, *, now: datetime) -> str | None:
    sold = not buyer.country or has_rate(buyer.country, now=now)
    return buyer.hint if sold else NotSoldThere.code


def load(*, now: datetime) -> int:
    """Store the shipped products and prices. Return the number of new prices.

    A stored price never changes; it ends where the next one begins. Raises CatalogBroken.
    """
    for position, product in enumerate(catalog().products.products):
        columns = {**product.model_dump(exclude={"code"}), "position": position}
        rows.Product.objects.update_or_create(code=product.code, defaults=columns)
    known = set(rows.Price.objects.values_list("product_id", "group", "currency", "valid_from"))
    fresh = [
        price
        for price in _shipped()
        if (price.product_id, price.group, price.currency, price.valid_from) not in known
    ]
    rows.Price.objects.bulk_create(fresh, ignore_conflicts=True)
    _end_replaced_prices()
    return len(fresh)


def _shipped() -> Iterator[rows.Price]:
    for block in catalog().products.prices:
        for product, minor in block.minor.items():
            yield rows.Price(
                id=new_id(),
                product_id=product,
                group=block.group,
                currency=block.currency,
                minor=minor,
                valid_from=block.valid_from,
                valid_until=block.valid_until,
            )


def _end_replaced_prices() -> None:
    later: dict[tuple[str, str], rows.Price] = {}
    for price in rows.Price.objects.order_by("-valid_from"):
        follower = later.get((price.product_id, price.group))
        if follower and price.valid_until is None and price.valid_from < follower.valid_from:
            rows.Price.objects.filter(pk=price.pk).update(valid_until=follower.valid_from)
        later[price.product_id, price.group] = price
