"""Products and prices in rows, and the groups of countries that pay them."""

from datetime import datetime

from contexts.billing import models as rows
from contexts.billing.adapters.catalog import catalog
from contexts.billing.adapters.catalog_rules import EVERYWHERE
from contexts.billing.adapters.terms import has_rate
from contexts.billing.domain.prices import NotSoldThere, Offer, Product, UnknownProduct, name_in
from contexts.billing.models.prices import in_force
from contexts.shared.kernel import Money


class OrmCatalog:
    def offer(self, product: str, *, country: str, now: datetime) -> Offer:
        if country and not has_rate(country, now=now):
            raise NotSoldThere
        priced = {"product_id": product, "group": group_of(country)}
        found = rows.Price.objects.filter(in_force(now), **priced)
        row = found.select_related("product").order_by("-valid_from").first()
        # MariaDB takes "premium " for "premium".
        if row is None or row.product_id != product:
            raise UnknownProduct(product=product[:40])
        return Offer(
            product=product_of(row.product), price_id=row.pk, price=Money(row.minor, row.currency)
        )

    def product(self, code: str) -> Product:
        return product_of(rows.Product.objects.get(pk=code))

    def name(self, code: str, *, language: str) -> str:
        return name_in(rows.Product.objects.get(pk=code).names, language)


def group_of(country: str) -> str:
    """Return the group of a country's prices."""
    groups = catalog().products.groups.items()
    return next((name for name, countries in groups if country in countries), EVERYWHERE)


def currency_in(country: str) -> str:
    """Return the currency of the newest prices of a country's group, empty if it has none."""
    found = rows.Price.objects.filter(group=group_of(country)).order_by("-valid_from")
    return found.values_list("currency", flat=True).first() or ""


def product_of(row: rows.Product) -> Product:
    return Product(
        code=row.code,
        kind=row.kind,
        feature=row.feature,
        months=row.months,
        trial_days=row.trial_days,
        credits=row.credits,
        expires_days=row.expires_days,
    )
