"""Checkouts: purchases from the first request to payment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.billing.domain.billed_to import NOBODY, BilledTo
from contexts.billing.domain.prices import Product
from contexts.billing.domain.quotes import (
    CARD_DECLINED,
    NothingToConfirm,
    Quote,
    QuoteChanged,
    QuoteExpired,
)
from contexts.shared.kernel import Conflict, Money, NotFound

# Pages that a buyer may get for one checkout, each after a card that was declined.
MOST_PAGES = 5


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
    """Begun here, opened at the provider, agreed, then fulfilled or expired. Disputes come last.

    A card is held and nothing is charged while a checkout is `requoted` (the buyer has to confirm
    another price), `agreed` (the money is being taken) or `refused` (the card is being released).
    """

    BEGUN = "begun"
    OPEN = "open"
    REQUOTED = "requoted"
    AGREED = "agreed"
    REFUSED = "refused"
    FULFILLED = "fulfilled"
    EXPIRED = "expired"
    DISPUTED = "disputed"

    @property
    def is_pending(self) -> bool:
        return self not in _FINAL

    @property
    def holds_card(self) -> bool:
        """Whether a buyer may have given a card that has not been charged."""
        return self.is_pending and self is not CheckoutState.BEGUN


_FINAL = {CheckoutState.FULFILLED, CheckoutState.EXPIRED, CheckoutState.DISPUTED}


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
    # Quotes so far, pages so far, and the quote that waits for the buyer's confirmation.
    quotes: int = 1
    pages: int = 1
    quote: Quote | None = None
    price_id: UUID | None = None
    refusal: str = ""

    @property
    def due(self) -> Money:
        """Money that the provider takes at once; zero before a trial."""
        return Money(0, self.amount.currency) if self.trial_days else self.amount

    def is_free(self, product: Product) -> bool:
        """Whether it is a pack that costs nothing and needs no card."""
        return not (product.is_subscription or self.due.minor)

    def check_paid(self, amount: Money, *, first: bool) -> None:
        """Raises PaidWrong if a payment is not what was agreed.

        A voucher reduces the first payment. After a voucher of the whole price, the first payment
        is the full price of the next period.
        """
        agreed = self.amount if first and self.amount.minor else self.price
        if amount != agreed:
            raise PaidWrong(f"{amount} for {self.id}, which costs {agreed}")

    def propose(self, quote: Quote) -> None:
        """Let the buyer decide on another price. Nothing is charged until then."""
        self.quote, self.quotes = quote, quote.number
        self.state = CheckoutState.REQUOTED

    def agree(self) -> None:
        """Let the money be taken at the price in force."""
        self.quote, self.refusal = None, ""
        self.state = CheckoutState.AGREED

    def refuse(self, reason: str) -> None:
        """Sell nothing. The card is to be released."""
        self.quote, self.refusal = None, reason
        self.state = CheckoutState.REFUSED

    def confirm(self, number: int, *, now: datetime) -> Quote | None:
        """Put a quote's terms in place of the old ones. Return None if it was confirmed before.

        Raises NothingToConfirm, QuoteChanged, QuoteExpired.
        """
        if number != self.quotes and self.quotes > 1:
            raise QuoteChanged
        quote = self.quote
        if quote is None or self.state is not CheckoutState.REQUOTED:
            if self.quotes > 1 and self.state in _CONFIRMED:
                return None
            raise NothingToConfirm
        if now >= quote.expires_at:
            raise QuoteExpired
        self.country, self.price, self.amount = quote.new.country, quote.new.price, quote.new.amount
        self.price_id = quote.price_id
        if not quote.keeps_voucher:
            self.voucher = None
        self.agree()
        return quote

    def is_over(self, now: datetime) -> bool:
        """Whether the held card is to be released: refused, or not confirmed in time."""
        late = self.quote is not None and now >= self.quote.expires_at
        return self.state is CheckoutState.REFUSED or (
            self.state is CheckoutState.REQUOTED and late
        )

    def take_another_card(self) -> None:
        """Begin a new page after a card that was declined. Expires after the last page."""
        self.refusal, self.provider_ref, self.url = CARD_DECLINED, None, ""
        self.pages += 1
        begun = self.pages <= MOST_PAGES
        self.state = CheckoutState.BEGUN if begun else CheckoutState.EXPIRED


_CONFIRMED = {
    CheckoutState.AGREED,
    CheckoutState.FULFILLED,
    CheckoutState.BEGUN,
    CheckoutState.OPEN,
}
