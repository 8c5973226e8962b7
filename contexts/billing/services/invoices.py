"""Invoices on paper."""

from uuid import UUID

from django.db.models import QuerySet

from contexts.billing.adapters.invoice_pdf import pdf_of
from contexts.billing.models import Invoice


def invoice_pdf(*, invoice_id: UUID, customer_id: UUID) -> bytes | None:
    """The PDF of a customer's invoice; None for another's."""
    every: QuerySet[Invoice] = Invoice._default_manager.all()
    mine = every.filter(pk=invoice_id, customer_id=customer_id)
    row = mine.first()
    return pdf_of(row) if row else None
