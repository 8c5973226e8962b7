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


@dataclass(frozen=True, slots=True)
class OrmInvoices:
    catalog: Catalog

    def issue(
        self, *, checkout: Checkout, payment: Payment, cause: str, tax: Tax, now: datetime
    ) -> None:
        entity, year = str(seller()["entity"]), legal_date(now).year
        sequence = _next_number(entity, year)
        within = tax.within(payment.amount)
        invoice = rows.Invoice(
            id=new_id(),
            entity=entity,
            year=year,
            sequence=sequence,
            number=f"{entity}-{year}-{sequence:06}",
            customer_id=checkout.customer_id,
            cause=cause,
            issued_at=now,
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
        invoice.save(force_insert=True)
        buyer = payment.billed_to or checkout.billed_to
        rows.InvoiceBuyer.objects.create(
            invoice=invoice,
            name=buyer.name or _name_of(checkout.customer_id),
            address=buyer.address,
            seller_tax_id=seller()["tax_id"],
        )

    def correct(self, *, of: str, cause: str, now: datetime) -> None:
        every: Any = rows.Invoice._default_manager.all()
        first = every.get(cause=of)
        entity, year = first.entity, legal_date(now).year
        sequence = _next_number(entity, year)
        same = {name: getattr(first, name) for name in _CORRECTED}
        invoice = rows.Invoice(
            **same,
            id=new_id(),
            year=year,
            sequence=sequence,
            number=f"{entity}-{year}-{sequence:06}",
            cause=cause,
            corrects=first.number,
            issued_at=now,
            net_minor=-first.net_minor,
            tax_minor=-first.tax_minor,
            gross_minor=-first.gross_minor,
        )
        invoice.save(force_insert=True)
        buyer = first.buyer
        rows.InvoiceBuyer.objects.create(
            invoice=invoice,
            name=buyer.name,
            address=buyer.address,
            seller_tax_id=buyer.seller_tax_id,
        )


_CORRECTED = (
    "entity",
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
