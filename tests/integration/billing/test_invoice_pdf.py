"""Invoices as PDF, in the language of the purchase."""

import pytest

from contexts.billing import api
from contexts.billing.adapters.invoice_pdf import _content, amount
from contexts.billing.models import Invoice
from contexts.shared.database.transactions.atomic import InsideATransaction, for_context
from contexts.shared.kernel import new_id
from tests.factories.billing import InvoiceFactory


class TestAnAmount:
    @pytest.mark.parametrize(
        ("minor", "currency", "written"),
        [
            (999, "EUR", "9.99 EUR"),
            (5, "USD", "0.05 USD"),
            (0, "GBP", "0.00 GBP"),
            (1200, "JPY", "1200 JPY"),
            (1990000, "COP", "19900.00 COP"),
            (-150, "EUR", "-1.50 EUR"),
        ],
    )
    def test_is_written_out(self, minor: int, currency: str, written: str) -> None:
        assert amount(minor, currency) == written


class TestTheContentOfAnInvoice:
    @pytest.mark.parametrize(
        ("language", "title"),
        [("es-MX", "Factura"), ("en", "Invoice"), ("pl", "Invoice")],
    )
    def test_is_in_its_language_or_in_english(self, language: str, title: str) -> None:
        invoice = InvoiceFactory.build(language=language)

        assert _content(invoice)["title"] == f"{title} {invoice.number}"

    def test_adds_up_and_has_no_name(self) -> None:
        invoice: Invoice = InvoiceFactory.build()

        content = _content(invoice)

        assert content["lines"] == [
            ["Premium, un mes", "9.99 EUR"],
            ["Base imponible", "8.26 EUR"],
            ["Impuesto incluido (21.00 %)", "1.73 EUR"],
        ]
        assert content["total"] == ["Total", "9.99 EUR"]
        assert ["Cliente", str(invoice.customer_id)] in content["facts"]


@pytest.mark.django_db
class TestAPdf:
    def test_prints_markup_as_text(self) -> None:
        strange = '#let x = 1 // "$" \\ <b> *bold* @ref — año'
        invoice = InvoiceFactory(description=strange)

        pdf = api.invoice_pdf(invoice_id=invoice.pk, customer_id=invoice.customer_id)

        assert pdf is not None
        assert pdf.startswith(b"%PDF-")

    def test_is_for_its_buyer_alone(self) -> None:
        invoice = InvoiceFactory()

        assert api.invoice_pdf(invoice_id=invoice.pk, customer_id=new_id()) is None

    def test_is_refused_in_a_transaction(self) -> None:
        invoice = InvoiceFactory()
        arguments = {"invoice_id": invoice.pk, "customer_id": invoice.customer_id}

        with pytest.raises(InsideATransaction):
            for_context("billing")(lambda: api.invoice_pdf(**arguments))()
