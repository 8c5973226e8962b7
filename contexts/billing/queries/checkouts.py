"""A customer's checkouts, subscriptions and invoices; nobody sees another's."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from contexts.billing.domain.checkouts import CheckoutNotFound
from contexts.billing.domain.subscriptions import SubscriptionNotFound
from contexts.billing.models import Checkout, Invoice, Subscription
from contexts.billing.queries.prices import name_in
from contexts.shared.kernel import NotFound


class InvoiceNotFound(NotFound):
    code = "invoice_not_found"
    message = "You have no such invoice."


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutShown:
    """`amount` is in minor units; `url` is where to pay, empty where there is nothing to pay."""

    id: UUID
    product: str
    voucher: str | None
    status: str
    price: int
    amount: int
    currency: str
    url: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseSeen:
    """What whoever comes back from paying may see: they are known by the id alone."""

    id: UUID
    what: str
    status: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionShown:
    """`canceling` is set while the provider has yet to hear that it is canceled."""

    id: UUID
    product: str
    status: str
    started_at: datetime
    period_start: datetime
    period_end: datetime
    ended_at: datetime | None
    canceling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceShown:
    """Amounts in minor units; net and tax are the gross."""

    id: UUID
    number: str
    issued_at: datetime
    product: str
    description: str
    currency: str
    net: int
    tax: int
    gross: int
    tax_basis_points: int
    country: str
    period_start: datetime | None
    period_end: datetime | None


def checkouts_of(customer_id: UUID) -> QuerySet[Checkout]:
    return Checkout.objects.filter(customer_id=customer_id)


def checkout_shown(row: Checkout) -> CheckoutShown:
    return CheckoutShown(
        id=row.pk,
        product=row.product_id,
        voucher=row.voucher_id,
        status=row.state,
        price=row.price_minor,
        amount=row.amount_minor,
        currency=row.currency,
        url=row.url if row.state == "open" else "",
        created_at=row.created_at,
    )


def checkout(checkout_id: UUID, *, customer_id: UUID) -> CheckoutShown:
    """Raises CheckoutNotFound, also for another's."""
    row = checkouts_of(customer_id).filter(pk=checkout_id).first()
    if row is None:
        raise CheckoutNotFound
    return checkout_shown(row)


def purchase_seen(checkout_id: UUID, *, language: str) -> PurchaseSeen:
    """Raises CheckoutNotFound."""
    row = Checkout.objects.select_related("product").filter(pk=checkout_id).first()
    if row is None:
        raise CheckoutNotFound
    shown = checkout_shown(row)
    return PurchaseSeen(
        id=row.pk,
        what=name_in(row.product.names, language),
        status=shown.status,
        url=shown.url,
    )


def subscriptions_of(customer_id: UUID) -> QuerySet[Subscription]:
    return Subscription.objects.filter(customer_id=customer_id)


def subscription_shown(row: Subscription) -> SubscriptionShown:
    return SubscriptionShown(
        id=row.pk,
        product=row.product_id,
        status=row.state,
        started_at=row.started_at,
        period_start=row.period_start,
        period_end=row.period_end,
        ended_at=row.ended_at,
        canceling=bool(row.cancel_wanted),
    )


def subscription(subscription_id: UUID, *, customer_id: UUID) -> SubscriptionShown:
    """Raises SubscriptionNotFound, also for another's."""
    row = subscriptions_of(customer_id).filter(pk=subscription_id).first()
    if row is None:
        raise SubscriptionNotFound
    return subscription_shown(row)


def invoices_of(customer_id: UUID) -> QuerySet[Invoice]:
    every: QuerySet[Invoice] = Invoice._default_manager.all()
    return every.filter(customer_id=customer_id)


def invoice_shown(row: Invoice) -> InvoiceShown:
    return InvoiceShown(
        id=row.pk,
        number=row.number,
        issued_at=row.issued_at,
        product=row.product,
        description=row.description,
        currency=row.currency,
        net=row.net_minor,
        tax=row.tax_minor,
        gross=row.gross_minor,
        tax_basis_points=row.tax_basis_points,
        country=row.country,
        period_start=row.period_start,
        period_end=row.period_end,
    )


def invoice(invoice_id: UUID, *, customer_id: UUID) -> InvoiceShown:
    """Raises InvoiceNotFound, also for another's."""
    row = invoices_of(customer_id).filter(pk=invoice_id).first()
    if row is None:
        raise InvoiceNotFound
    return invoice_shown(row)
