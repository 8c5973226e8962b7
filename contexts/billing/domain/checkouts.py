"""A purchase under way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.shared.kernel import Conflict, Money, NotFound


class CheckoutNotFound(NotFound):
    code = "checkout_not_found"
    message = "You have no such checkout."


class PaymentsUnavailable(Conflict):
    code = "payments_unavailable"
    message = "Nothing can be paid right now. Try again in a moment."


class CheckoutState(StrEnum):
    """Begun here, opened at the provider, and then paid for or not."""

    BEGUN = "begun"
    OPEN = "open"
    FULFILLED = "fulfilled"
    EXPIRED = "expired"
    DISPUTED = "disputed"

    @property
    def is_pending(self) -> bool:
        return self in {CheckoutState.BEGUN, CheckoutState.OPEN}


class PaidWrong(ValueError):
    """The provider took another amount than was agreed: somebody must look at it."""


@dataclass(kw_only=True, slots=True)
class Checkout:
    """What is bought and for how much; `amount` is paid now, `price` at each renewal."""

    id: UUID
    customer_id: UUID
    product: str
    price: Money
    amount: Money
    country: str
    language: str
    trial_days: int
    voucher: str | None
    state: CheckoutState
    provider: str
    provider_ref: str | None
    url: str
    created_at: datetime

    @property
    def due(self) -> Money:
        """What the provider takes at once: nothing where a trial comes first."""
        return Money(0, self.amount.currency) if self.trial_days else self.amount

    def check_paid(self, amount: Money, *, first: bool) -> None:
        """A voucher counts for the first payment; one of the whole price leaves none to make.

        Raises PaidWrong.
        """
        agreed = self.amount if first and self.amount.minor else self.price
        if amount != agreed:
            raise PaidWrong(f"{amount} for {self.id}, which costs {agreed}")
