"""Prices: loaded from the shipped catalog, and those of a customer."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.checkouts import OrmCustomers
from contexts.billing.adapters.prices import group_of
from contexts.billing.adapters.terms import read
from contexts.billing.queries.prices import Price, prices
from contexts.shared.kernel import new_id


def prices_for(*, customer_id: UUID, now: datetime) -> list[Price]:
    """Return the prices of the customer's country, named in the customer's language.

    A customer without a country gets the prices of the world.
    """
    buyer = OrmCustomers().buyer(customer_id)
    return prices(group=group_of(buyer.country), language=buyer.language, now=now)


def load(*, now: datetime) -> int:
    """Store the shipped products and prices. Return the number of new prices.

    A stored price never changes; it ends where the next one begins.
    """
    for position, product in enumerate(read("products")["products"]):
        columns = {**product, "position": position}
        rows.Product.objects.update_or_create(code=columns.pop("code"), defaults=columns)
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


def _end_replaced_prices() -> None:
    later: dict[tuple[str, str], rows.Price] = {}
    for price in rows.Price.objects.order_by("-valid_from"):
        follower = later.get((price.product_id, price.group))
        if follower and price.valid_until is None and price.valid_from < follower.valid_from:
            rows.Price.objects.filter(pk=price.pk).update(valid_until=follower.valid_from)
        later[price.product_id, price.group] = price
