"""Invoices as their customer sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

import django_filters
from django.db.models import QuerySet

from contexts.billing import models as rows
from contexts.billing.queries.prices import ISO_4217, MINOR
from contexts.shared.http.filters import InstantFilter
from contexts.shared.kernel import NotFound


class InvoiceNotFound(NotFound):
    code = "invoice_not_found"
    message = "You have no such invoice."


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice of the caller. Net and tax sum to the gross amount."""

    id: UUID
    number: str
    corrects: Annotated[str, "The number of the invoice that it takes back, or empty."]
    issued_at: datetime
    product: str
    description: str
    currency: Annotated[str, ISO_4217]
    net: Annotated[int, MINOR]
    tax: Annotated[int, MINOR]
    gross: Annotated[int, MINOR]
    tax_basis_points: Annotated[int, "Hundredths of a percent."]
    country: Annotated[str, "Whose tax it has (ISO 3166-1), or empty."]
    period_start: datetime | None
    period_end: datetime | None


class InvoiceFilter(django_filters.FilterSet):
    """Invoices issued at `from` or later, and before `to`."""

    # `from` is a keyword of Python.
    locals()["from"] = InstantFilter(field_name="issued_at", lookup_expr="gte")
    to = InstantFilter(field_name="issued_at", lookup_expr="lt")

    class Meta:
        model = rows.Invoice
        fields = ["to"]


def invoices_of(customer_id: UUID) -> QuerySet[rows.Invoice]:
    every: QuerySet[rows.Invoice] = rows.Invoice._default_manager.all()
    return every.filter(customer_id=customer_id)


def to_invoice(row: rows.Invoice) -> Invoice:
    return Invoice(
        id=row.pk,
        number=row.number,
        corrects=row.corrects,
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


def invoice(invoice_id: UUID, *, customer_id: UUID) -> Invoice:
    """Raises InvoiceNotFound, also for another customer's invoice."""
    row = invoices_of(customer_id).filter(pk=invoice_id).first()
    if row is None:
        raise InvoiceNotFound
    return to_invoice(row)
