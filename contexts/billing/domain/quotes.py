"""New quotes: another price before any money is taken, since the evidence names another country."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.shared.kernel import Conflict, Money

# The buyer has this long to confirm. Then the money that a card holds is released.
QUOTE_LASTS = timedelta(days=1)
# The first quote and two new ones. Then the sale is refused.
MOST_QUOTES = 3

COUNTRY_UNCLEAR = "country_unclear"
CARD_DECLINED = "card_declined"
ACCOUNT_ENDED = "account_ended"


class NothingToConfirm(Conflict):
    code = "nothing_to_confirm"
    message = "This purchase has no new price to confirm."


class QuoteChanged(Conflict):
    code = "quote_changed"
    message = "The price has changed again. Look at it before you confirm."


class QuoteExpired(Conflict):
    code = "quote_expired"
    message = "The time to confirm this price is over. Nothing was charged. Begin a new purchase."


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A country, the price of renewals, what is paid first, and the tax within that."""

    country: str
    price: Money
    amount: Money
    tax: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """New terms instead of old ones. `reason` is the evidence that rules; numbers begin at 2."""

    id: UUID
    number: int
    reason: str
    old: Terms
    new: Terms
    price_id: UUID
    keeps_voucher: bool
    made_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.made_at + QUOTE_LASTS
