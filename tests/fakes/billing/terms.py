"""Terms of trade, and the currencies that tutors are paid in."""

from datetime import date, datetime
from uuid import UUID

from contexts.billing.domain.commission import Commission
from contexts.billing.domain.pay import ListPrice
from contexts.billing.domain.prices import Tax
from contexts.shared.kernel import Money


class FakeTerms:
    """A fifth of commission, 21 % of tax in Spain, ten euros a lesson from promotions."""

    def commission(self, *, now: datetime) -> Commission:
        return Commission(version="v1", valid_from=date.min, basis_points=2000)

    def list_price(self, currency: str, *, now: datetime) -> ListPrice:
        return ListPrice(valid_from=date.min, price=Money(1000, currency))

    def tax(self, country: str, *, now: datetime) -> Tax:
        rate = 2100 if country == "ES" else 0
        return Tax(country=country, valid_from=date.min, basis_points=rate)

    def promotion(self, credits: int) -> Money:  # noqa: A002 - the word of the trade
        return Money(1000 * credits, "EUR")


class FakePayees:
    """Everybody is paid in euros."""

    def currency_of(self, tutor_id: UUID) -> str:
        return "EUR"
