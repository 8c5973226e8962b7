"""What is for sale to whom."""

from datetime import datetime
from uuid import UUID

from contexts.billing.adapters.prices import group_of
from contexts.billing.models import Customer
from contexts.billing.queries.prices import PriceShown, prices


def prices_for(*, customer_id: UUID, now: datetime) -> list[PriceShown]:
    """The prices of the customer's country, named in their language; nowhere pays the world's."""
    row = Customer.objects.filter(pk=customer_id).values_list("country", "interface_language")
    country, language = row.first() or ("", "en")
    return prices(group=group_of(country), language=language, now=now)
