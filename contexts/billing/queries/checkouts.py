"""Checkouts as their customer sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, cast
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.billing import models as rows
from contexts.billing.domain.checkouts import CheckoutNotFound, CheckoutState
from contexts.billing.domain.prices import name_in
from contexts.billing.queries.prices import ISO_4217, MINOR

Reason = Literal["card", "billing_address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a purchase costs in a country."""

    country: Annotated[str, "ISO 3166-1, or empty."]
    price: Annotated[int, f"{MINOR} Before the voucher; a renewal costs as much."]
    amount: Annotated[int, f"{MINOR} After the voucher, tax included."]
    tax: Annotated[int, f"{MINOR} Within the amount."]
    currency: Annotated[str, ISO_4217]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A new price that waits for the buyer. Nothing is charged until they confirm it."""

    number: Annotated[int, "To be named in the confirmation."]
    reason: Annotated[Reason, "The evidence that names another country."]
    old: Terms
    new: Terms
    expires_at: Annotated[datetime, "The held card is released then, and nothing is sold."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """A purchase, from the first request to payment."""

    id: UUID
    product: str
    voucher: str | None
    status: CheckoutState
    price: Annotated[int, f"{MINOR} Before the voucher."]
    amount: Annotated[int, f"{MINOR} After the voucher."]
    currency: Annotated[str, ISO_4217]
    url: Annotated[str, "The page to pay on. Empty if there is nothing to pay."]
    country: Annotated[str, "Whose price and tax it has (ISO 3166-1), or empty."]
    quote: Quote | None
    refusal: Annotated[
        str,
        "Why nothing was sold (`country_unclear`, `not_sold_there`, `account_ended`), or "
        "`card_declined` while another card may pay at `url`. Else empty.",
    ]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutPage:
    """The part of a checkout that the bearer of its id may see."""

    id: UUID
    name: str
    renews: bool
    status: CheckoutState
    url: str
    quote: Quote | None
    refusal: str


class CheckoutFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        field_name="state", choices=[(state.value, state.value) for state in CheckoutState]
    )
    product = django_filters.CharFilter(field_name="product_id")

    class Meta:
        model = rows.Checkout
        fields = ["status", "product"]


def checkouts_of(customer_id: UUID) -> QuerySet[rows.Checkout]:
    mine = rows.Checkout.objects.filter(customer_id=customer_id)
    return mine.select_related("quote")


def to_checkout(row: rows.Checkout) -> Checkout:
    return Checkout(
        id=row.pk,
        product=row.product_id,
        voucher=row.voucher_id,
        status=CheckoutState(row.state),
        price=row.price_minor,
        amount=row.amount_minor,
        currency=row.currency,
        url=_url(row),
        country=row.country,
        quote=_quote(row.quote),
        refusal=row.refusal,
        created_at=row.created_at,
    )


def checkout(checkout_id: UUID, *, customer_id: UUID) -> Checkout:
    """Raises CheckoutNotFound, also for another customer's checkout."""
    row = checkouts_of(customer_id).filter(pk=checkout_id).first()
    if row is None:
        raise CheckoutNotFound
    return to_checkout(row)


def checkout_page(checkout_id: UUID, *, language: str) -> CheckoutPage:
    """Raises CheckoutNotFound."""
    found = rows.Checkout.objects.select_related("product", "quote").filter(pk=checkout_id)
    row = found.first()
    if row is None:
        raise CheckoutNotFound
    return CheckoutPage(
        id=row.pk,
        name=name_in(row.product.names, language),
        renews=row.product.months > 0,
        status=CheckoutState(row.state),
        url=_url(row),
        quote=_quote(row.quote),
        refusal=row.refusal,
    )


def _quote(row: rows.Quote | None) -> Quote | None:
    if row is None:
        return None
    return Quote(
        number=row.number,
        reason=cast(Reason, row.reason),
        old=Terms(
            country=row.old_country,
            price=row.old_price_minor,
            amount=row.old_minor,
            tax=row.old_tax_minor,
            currency=row.old_currency,
        ),
        new=Terms(
            country=row.country,
            price=row.price_minor,
            amount=row.minor,
            tax=row.tax_minor,
            currency=row.currency,
        ),
        expires_at=row.expires_at,
    )


def _url(row: rows.Checkout) -> str:
    return row.url if row.state == CheckoutState.OPEN else ""
