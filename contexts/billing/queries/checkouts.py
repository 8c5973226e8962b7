"""Checkouts as their customer sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.billing import models as rows
from contexts.billing.domain.checkouts import CheckoutNotFound, CheckoutState
from contexts.billing.domain.prices import name_in
from contexts.billing.queries.prices import ISO_4217, MINOR


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
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutPage:
    """The part of a checkout that the bearer of its id may see."""

    id: UUID
    name: str
    status: CheckoutState
    url: str


class CheckoutFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        field_name="state", choices=[(state.value, state.value) for state in CheckoutState]
    )
    product = django_filters.CharFilter(field_name="product_id")

    class Meta:
        model = rows.Checkout
        fields = ["status", "product"]


def checkouts_of(customer_id: UUID) -> QuerySet[rows.Checkout]:
    return rows.Checkout.objects.filter(customer_id=customer_id)


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
    row = rows.Checkout.objects.select_related("product").filter(pk=checkout_id).first()
    if row is None:
        raise CheckoutNotFound
    return CheckoutPage(
        id=row.pk,
        name=name_in(row.product.names, language),
        status=CheckoutState(row.state),
        url=_url(row),
    )


def _url(row: rows.Checkout) -> str:
    return row.url if row.state == CheckoutState.OPEN else ""
