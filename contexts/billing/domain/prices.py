"""Products, their prices, and the tax within a price."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contexts.shared.kernel import Conflict, Money, NotFound


class UnknownProduct(NotFound):
    code = "unknown_product"
    message = "“{product}” is not for sale."


class NotSoldThere(Conflict):
    code = "not_sold_there"
    message = "Nothing is sold in your country yet, since we know no tax rate for it."


def name_in(names: Mapping[str, str], language: str) -> str:
    """Return a product's name in a language (BCP 47), in English if it has none there."""
    return names.get(language.split("-", maxsplit=1)[0].lower()) or names["en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A subscription to a `feature` for `months` at a time, or a pack of `credits`."""

    code: str
    kind: str
    feature: str
    months: int
    trial_days: int
    credits: int
    expires_days: int | None

    @property
    def is_subscription(self) -> bool:
        return self.kind == "subscription"

    def credits_end(self, now: datetime) -> datetime | None:
        return now + timedelta(days=self.expires_days) if self.expires_days else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A product with a customer's current price."""

    product: Product
    price_id: UUID
    price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """A rate in hundredths of a percent, in force from a day of the seller's zone on."""

    country: str
    valid_from: date
    basis_points: int

    def within(self, gross: Money) -> Money:
        """Return the tax within a gross price, rounded half up. The rest is the net price."""
        whole = 10_000 + self.basis_points
        minor = (2 * gross.minor * self.basis_points + whole) // (2 * whole)
        return Money(minor, gross.currency)
