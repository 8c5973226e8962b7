"""A tutor's pay for a lesson: the list price of its length, less the platform's commission.

It does not depend on what the buyer paid. It is agreed when the credit is first held.
"""

from dataclasses import dataclass
from datetime import date

from contexts.billing.domain.accounts import ONE_CREDIT
from contexts.billing.domain.commission import Commission
from contexts.shared.kernel import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPrice:
    """The net price of a whole credit in one currency, from a day of the seller's zone on."""

    valid_from: date
    price: Money

    def pay(self, amount: int, *, commission: Commission) -> Money:
        """Return a tutor's pay for hundredths of a credit. The commission is rounded down."""
        price = Money(self.price.minor * amount // ONE_CREDIT, self.price.currency)
        return price - commission.of(price)


def share(pay: Money, *, before: int, after: int, whole: int) -> Money:
    """Return the part of a pay that lies between two points; all parts sum to the pay."""
    minor = pay.minor * after // whole - pay.minor * before // whole
    return Money(minor, pay.currency)
