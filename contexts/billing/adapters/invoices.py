"""Invoices in rows that never change, with numbers without gaps."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contexts.billing import models as rows
from contexts.billing.adapters.terms import legal_date, seller
from contexts.billing.application.ports import Catalog
from contexts.billing.domain.checkouts import Checkout
from contexts.billing.domain.prices import Tax
from contexts.billing.domain.subscriptions import Payment
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.locking import lock_row
from contexts.shared.kernel import new_id
from contexts.shared.mailing.posting import post


@dataclass(frozen=True, slots=True)
class OrmInvoices:
    catalog: Catalog

    def issue(
        self, *, checkout: Checkout, payment: Payment, cause: str, tax: Tax, now: datetime
    ) -> None:
        here, within = seller(), tax.within(payment.amount)
        buyer = payment.billed_to or checkout.billed_to
        invoice = rows.Invoice(
            **_numbered(here.entity, now=now),
            customer_id=checkout.customer_id,
            cause=cause,
            product=checkout.product,
            description=self.catalog.name(checkout.product, language=checkout.language),
            period_start=payment.period_start,
            period_end=payment.period_end,
            currency=payment.amount.currency,
            net_minor=(payment.amount - within).minor,
            tax_minor=within.minor,
            gross_minor=payment.amount.minor,
            tax_basis_points=tax.basis_points,
            country=checkout.country,
            language=checkout.language,
        )
        _add(
            invoice,
            name=buyer.name or _name_of(checkout.customer_id),
            address=buyer.address,
            seller_tax_id=here.tax_id,
        )
        _prove(invoice, rows.CheckoutEvidence.objects.filter(checkout=checkout.id))

    def correct(self, *, of: str, cause: str, now: datetime) -> None:
        every: Any = rows.Invoice._default_manager.all()
        first = every.get(cause=of)
        invoice = rows.Invoice(
            **_numbered(first.entity, now=now),
            **{name: getattr(first, name) for name in _CORRECTED},
            cause=cause,
            corrects=first.number,
            net_minor=-first.net_minor,
            tax_minor=-first.tax_minor,
            gross_minor=-first.gross_minor,
        )
        _add(invoice, **{name: getattr(first.buyer, name) for name in _BUYER})
        _prove(invoice, first.evidence.all())


_CORRECTED = (
    "customer_id",
    "product",
    "description",
    "period_start",
    "period_end",
    "currency",
    "tax_basis_points",
    "country",
    "language",
)
_BUYER = ("name", "address", "seller_tax_id")


def _numbered(entity: str, *, now: datetime) -> dict[str, Any]:
    """Return the first columns of a new invoice, under the next number of the seller's year."""
    year = legal_date(now).year
    sequence = _next_number(entity, year)
    return {
        "id": new_id(),
        "entity": entity,
        "year": year,
        "sequence": sequence,
        "number": f"{entity}-{year}-{sequence:06}",
        "issued_at": now,
    }


def _add(invoice: rows.Invoice, **buyer: str) -> None:
    invoice.save(force_insert=True)
    rows.InvoiceBuyer.objects.create(invoice=invoice, **buyer)
    post(
        "invoice",
        context="billing",
        person_id=invoice.customer_id,
        key=str(invoice.pk),
        facts={"invoice_id": str(invoice.pk)},
        now=invoice.issued_at,
    )


def _prove(invoice: rows.Invoice, pieces: Any) -> None:
    """Keep the pieces of evidence with an invoice, one of each kind."""
    rows.InvoiceEvidence.objects.bulk_create(
        rows.InvoiceEvidence(
            invoice=invoice,
            kind=one.kind,
            country=one.country,
            source=one.source,
            seen_at=one.seen_at,
        )
        for one in pieces
    )


def _name_of(customer_id: UUID) -> str:
    found = rows.Customer.objects.filter(pk=customer_id)
    return found.values_list("display_name", flat=True).first() or ""


def _next_number(entity: str, year: int) -> int:
    """Return the next number. Its lock lasts until the commit, so a failure leaves no gap."""
    fresh = rows.InvoiceCounter(entity=entity, year=year)
    counter = lock_row(fresh, using=alias_of("billing"), entity=entity, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
