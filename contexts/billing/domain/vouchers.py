"""Vouchers: an amount off a price, or free days."""

from dataclasses import dataclass
from datetime import datetime

from contexts.shared.kernel import Invalid, Money
from contexts.shared.kernel.currencies import EXPONENTS


class VoucherRefused(Invalid):
    """`why` is unknown, not_yet, over, used_up, used_before, other_currency or other_use."""

    code = "voucher_refused"
    message = "This voucher cannot be used: {why}."


def normalized(code: str) -> str:
    """Return a voucher's code as it is stored, however a customer typed it."""
    return code.strip().upper()


MOST_DAYS = 3_660
_NAMES_NO_CURRENCY = "Name a currency of ISO 4217, like EUR."


def faults(
    *, kind: str, percent: int, minor: int, currency: str, days: int
) -> list[tuple[str, str]]:
    """Return the fields that do not fit the kind of a voucher, each with its reason."""
    found = []
    if kind == "percent" and not 1 <= percent <= 100:
        found.append(("percent", "Choose 1 to 100 percent."))
    if kind == "fixed" and minor < 1:
        found.append(("minor", "Choose an amount above 0."))
    if (kind == "fixed" or currency) and currency not in EXPONENTS:
        found.append(("currency", _NAMES_NO_CURRENCY))
    if kind == "free_days" and not 1 <= days <= MOST_DAYS:
        found.append(("days", f"Choose 1 to {MOST_DAYS} days."))
    return found


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
