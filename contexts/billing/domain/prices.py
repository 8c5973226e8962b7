"""What a purchase costs: the price, what a voucher takes off it, and the tax that is in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from contexts.shared.kernel import Conflict, Invalid, Money, NotFound


class UnknownProduct(NotFound):
    code = "unknown_product"
    message = "“{product}” is not for sale."


class VoucherRefused(Invalid):
    """`why` is unknown, not_yet, over, used_up, used_before, other_currency or other_use."""

    code = "voucher_refused"
    message = "This voucher cannot be used: {why}."


class AlreadySubscribed(Conflict):
    code = "already_subscribed"
    message = "You have this subscription already."


class NoTrial(Conflict):
    code = "no_trial"
    message = "There is no trial for you of this product."


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
    """A product at the price that holds for a customer now."""

    product: Product
    price_id: UUID
    price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Tax:
    """A rate in hundredths of a percent, in force from a day (UTC) on."""

    country: str
    valid_from: date
    basis_points: int

    def within(self, gross: Money) -> Money:
        """The tax that is in a price, rounded down; net and tax are always the gross."""
        minor = gross.minor * self.basis_points // (10_000 + self.basis_points)
        return Money(minor, gross.currency)


@dataclass(kw_only=True, slots=True)
class Voucher:
    """Something off a price, or days for free, while it lasts."""

    code: str
    kind: str
    percent: int
    minor: int
    currency: str
    days: int
    max_uses: int
    used: int
    valid_from: datetime
    valid_until: datetime | None

    def use(self, *, used_before: bool, now: datetime) -> None:
        """Count one more use. Raises VoucherRefused."""
        if now < self.valid_from:
            raise VoucherRefused(why="not_yet")
        if self.valid_until is not None and self.valid_until <= now:
            raise VoucherRefused(why="over")
        if used_before:
            raise VoucherRefused(why="used_before")
        if self.used >= self.max_uses:
            raise VoucherRefused(why="used_up")
        self.used += 1

    def off(self, price: Money) -> Money:
        """What it takes off a price: never more than all of it. Raises VoucherRefused."""
        if self.kind == "percent":
            return Money(price.minor * self.percent // 100, price.currency)
        if self.kind != "fixed":
            raise VoucherRefused(why="other_use")
        if self.currency != price.currency:
            raise VoucherRefused(why="other_currency")
        return Money(min(self.minor, price.minor), price.currency)
