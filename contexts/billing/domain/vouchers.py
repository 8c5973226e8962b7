"""Vouchers: an amount off a price, or free days."""

from dataclasses import dataclass
from datetime import datetime

from contexts.shared.kernel import Invalid, Money


class VoucherRefused(Invalid):
    """`why` is unknown, not_yet, over, used_up, used_before, other_currency or other_use."""

    code = "voucher_refused"
    message = "This voucher cannot be used: {why}."


def normalized(code: str) -> str:
    """Return a voucher's code as it is stored, however a customer typed it."""
    return code.strip().upper()


@dataclass(kw_only=True, slots=True)
class Voucher:
    """An amount off a price, or free days, for a limited number of uses."""

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
        """Return the reduction of a price, at most the whole price. Raises VoucherRefused."""
        if self.kind == "percent":
            return Money(price.minor * self.percent // 100, price.currency)
        if self.kind != "fixed":
            raise VoucherRefused(why="other_use")
        if self.currency != price.currency:
            raise VoucherRefused(why="other_currency")
        return Money(min(self.minor, price.minor), price.currency)
