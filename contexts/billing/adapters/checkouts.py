"""Checkouts in rows."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.prices import product_of
from contexts.billing.adapters.quotes import quote_of, quote_row
from contexts.billing.domain.billed_to import BilledTo
from contexts.billing.domain.checkouts import Checkout, CheckoutNotFound, CheckoutState
from contexts.billing.domain.prices import Product, name_in
from contexts.billing.domain.subscriptions import SubscriptionNotFound
from contexts.shared.kernel import Event, Money
from contexts.shared.messaging.publishing import publish

# A webhook usually comes within seconds. After this long, the sweep asks the provider.
LOOK_AGAIN = timedelta(minutes=2)


class OrmCheckouts:
    def add(self, checkout: Checkout, *, price_id: UUID) -> None:
        rows.Checkout.objects.create(
            id=checkout.id,
            customer_id=checkout.customer_id,
            product_id=checkout.product,
            price_id=price_id,
            voucher_id=checkout.voucher,
            state=checkout.state.value,
            price_minor=checkout.price.minor,
            amount_minor=checkout.amount.minor,
            currency=checkout.price.currency,
            country=checkout.country,
            language=checkout.language,
            bill_name=checkout.billed_to.name,
            bill_address=checkout.billed_to.address,
            trial_days=checkout.trial_days,
            provider=checkout.provider,
            created_at=checkout.created_at,
            looked_at=checkout.created_at + LOOK_AGAIN,
        )

    def take(self, checkout_id: UUID) -> Checkout:
        row = rows.Checkout.objects.select_for_update().filter(pk=checkout_id).first()
        if row is None:
            raise CheckoutNotFound
        return checkout_of(row)

    def take_of(self, subscription_id: UUID) -> Checkout:
        found = rows.Checkout.objects.select_for_update()
        row = found.filter(subscription=subscription_id).first()
        if row is None:
            raise SubscriptionNotFound
        return checkout_of(row)

    def save(self, checkout: Checkout, *, now: datetime) -> None:
        mine = rows.Checkout.objects.filter(pk=checkout.id)
        columns = {
            "state": checkout.state.value,
            "provider_ref": checkout.provider_ref,
            "url": checkout.url,
            "closed_at": None if checkout.state.is_pending else now,
        }
        if checkout.price_id is not None:
            columns |= _quoted(checkout)
        mine.update(**columns)

    def announce(self, events: Iterable[Event]) -> None:
        publish(events)


def _quoted(checkout: Checkout) -> dict[str, Any]:
    """Return the columns that a new quote changes. Stores the quote if it is new."""
    if checkout.quote is not None:
        rows.Quote.objects.bulk_create(
            [quote_row(checkout.id, checkout.quote)], ignore_conflicts=True
        )
    return {
        "country": checkout.country,
        "price_id": checkout.price_id,
        "price_minor": checkout.price.minor,
        "amount_minor": checkout.amount.minor,
        "currency": checkout.price.currency,
        "voucher_id": checkout.voucher,
        "quotes": checkout.quotes,
        "pages": checkout.pages,
        "quote_id": checkout.quote.id if checkout.quote else None,
        "refusal": checkout.refusal,
    }


def find(checkout_id: UUID) -> Checkout | None:
    """Return a checkout without a lock."""
    row = rows.Checkout.objects.filter(pk=checkout_id).first()
    return checkout_of(row) if row else None


def ordered(checkout_id: UUID) -> tuple[Checkout, Product, str] | None:
    """Return a checkout, its product, and the product's name for the buyer, without a lock."""
    row = rows.Checkout.objects.select_related("product").filter(pk=checkout_id).first()
    if row is None:
        return None
    return checkout_of(row), product_of(row.product), name_in(row.product.names, row.language)


def pending(*, now: datetime, most: int) -> list[UUID]:
    """Return checkouts that wait for the provider, each every few minutes."""
    states = [state.value for state in CheckoutState if state.is_pending]
    due = rows.Checkout.objects.filter(state__in=states, looked_at__lte=now).order_by("looked_at")
    return list(due.values_list("pk", flat=True)[:most])


def tries_with(voucher: str, customer_id: UUID, *, but: UUID) -> list[UUID]:
    """Return a customer's unfinished checkouts with a voucher."""
    states = [state.value for state in CheckoutState if state.is_pending]
    found = rows.Checkout.objects.filter(
        voucher_id=voucher, customer_id=customer_id, state__in=states
    )
    return list(found.exclude(pk=but).values_list("pk", flat=True))


def pending_of(customer_id: UUID) -> list[UUID]:
    """Return a customer's unfinished checkouts."""
    states = [state.value for state in CheckoutState if state.is_pending]
    found = rows.Checkout.objects.filter(customer_id=customer_id, state__in=states)
    return list(found.values_list("pk", flat=True))


def look_later(checkout_id: UUID, *, now: datetime) -> None:
    rows.Checkout.objects.filter(pk=checkout_id).update(looked_at=now + LOOK_AGAIN)


def checkout_of(row: rows.Checkout) -> Checkout:
    return Checkout(
        id=row.pk,
        customer_id=row.customer_id,
        product=row.product_id,
        price=Money(row.price_minor, row.currency),
        amount=Money(row.amount_minor, row.currency),
        country=row.country,
        language=row.language,
        trial_days=row.trial_days,
        voucher=row.voucher_id,
        state=CheckoutState(row.state),
        provider=row.provider,
        provider_ref=row.provider_ref,
        url=row.url,
        created_at=row.created_at,
        billed_to=BilledTo(name=row.bill_name, address=row.bill_address),
        quotes=row.quotes,
        pages=row.pages,
        quote=quote_of(row.quote) if row.quote else None,
        price_id=row.price_id,
        refusal=row.refusal,
    )
