"""Checkouts: purchases from the first request to payment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.billing.domain.billed_to import NOBODY, BilledTo
from contexts.shared.kernel import Conflict, Money, NotFound


class CheckoutNotFound(NotFound):
    code = "checkout_not_found"
    message = "You have no such checkout."


class PaymentsUnavailable(Conflict):
    code = "payments_unavailable"
    message = "Nothing can be paid right now. Try again in a moment."


class AlreadySubscribed(Conflict):
    code = "already_subscribed"
    message = "You have this subscription already."


class NoTrial(Conflict):
    code = "no_trial"
    message = "You cannot have a trial of this product. Buy it without one."


class CheckoutState(StrEnum):
    """Begun here, opened at the provider, then fulfilled or expired. Disputes come last."""

    BEGUN = "begun"
    OPEN = "open"
    FULFILLED = "fulfilled"
    EXPIRED = "expired"
    DISPUTED = "disputed"

    @property
    def is_pending(self) -> bool:
        return self in {CheckoutState.BEGUN, CheckoutState.OPEN}


class PaidWrong(ValueError):
    """The provider took another amount than was agreed. Staff must decide."""


def checkout_id_of(reference: str) -> UUID:
    """Return the checkout's id that a provider sends back. Raises CheckoutNotFound if malformed."""
    try:
        return UUID(reference)
    except ValueError:
        raise CheckoutNotFound from None


@dataclass(kw_only=True, slots=True)
class Checkout:
    """A product and its price; `amount` is paid now, `price` at each renewal."""

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
    billed_to: BilledTo = NOBODY

    @property
    def due(self) -> Money:
        """Money that the provider takes at once; zero before a trial."""
        return Money(0, self.amount.currency) if self.trial_days else self.amount

    def check_paid(self, amount: Money, *, first: bool) -> None:
        """Raises PaidWrong if a payment is not what was agreed.

        A voucher reduces the first payment. After a voucher of the whole price, the first payment
        is the full price of the next period.
        """
        agreed = self.amount if first and self.amount.minor else self.price
        if amount != agreed:
            raise PaidWrong(f"{amount} for {self.id}, which costs {agreed}")
