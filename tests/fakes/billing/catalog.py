"""Two products and their prices."""

from datetime import datetime
from uuid import UUID

from contexts.billing.domain.prices import NotSoldThere, Offer, Product, UnknownProduct
from contexts.shared.kernel import Money

PRICES = {"lessons-5": 7000, "premium-monthly": 999}
CURRENCIES = {"US": "USD", "": "USD", "GB": "GBP"}
PRODUCTS = {
    "lessons-5": Product(
        code="lessons-5",
        kind="credits",
        feature="",
        months=0,
        trial_days=0,
        credits=5,
        expires_days=180,
    ),
    "premium-monthly": Product(
        code="premium-monthly",
        kind="subscription",
        feature="premium",
        months=1,
        trial_days=7,
        credits=0,
        expires_days=None,
    ),
}


class FakeCatalog:
    def offer(self, product: str, *, country: str, now: datetime) -> Offer:
        if product not in PRODUCTS:
            raise UnknownProduct(product=product)
        if country == "BR":
            raise NotSoldThere
        price = Money(PRICES[product], CURRENCIES.get(country, "EUR"))
        return Offer(product=PRODUCTS[product], price_id=UUID(int=1), price=price)

    def product(self, code: str) -> Product:
        return PRODUCTS[code]

    def name(self, code: str, *, language: str) -> str:
        return f"{code} in {language}"
