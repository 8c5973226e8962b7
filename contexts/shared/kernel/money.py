from dataclasses import dataclass
from typing import Self

from contexts.shared.kernel.currencies import exponent_of
from contexts.shared.kernel.errors import Invalid


class CurrenciesDiffer(Invalid):
    code = "currencies_differ"
    message = "Amounts in {left} and {right} cannot be added. Use one currency."


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer minor units (cents) of an ISO 4217 currency."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("money is counted in whole minor units")
        exponent_of(self.currency)

    def __add__(self, other: Self) -> "Money":
        self._same_currency(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Self) -> "Money":
        self._same_currency(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrenciesDiffer(left=self.currency, right=other.currency)
