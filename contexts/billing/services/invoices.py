"""Invoices as PDF."""

from uuid import UUID

from contexts.billing.adapters.invoice_pdf import pdf_of
from contexts.billing.queries.invoices import invoices_of


def pdf(*, invoice_id: UUID, customer_id: UUID) -> bytes | None:
    """Return the PDF of a customer's invoice, None for another customer's."""
    row = invoices_of(customer_id).select_related("buyer").filter(pk=invoice_id).first()
    return pdf_of(row) if row else None
