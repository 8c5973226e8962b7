"""Invoices as PDF, in the language of the purchase."""

from datetime import UTC, datetime

import pytest

from contexts.billing import api
from contexts.billing.adapters.formats import amount
from contexts.billing.adapters.invoice_pdf import _content
from contexts.billing.models import Invoice, InvoiceBuyer
from contexts.shared.database.transactions.atomic import InsideATransaction, for_context
from contexts.shared.kernel import Money, new_id
from tests.factories.billing import InvoiceFactory


class TestAnAmount:
    @pytest.mark.parametrize(
        ("minor", "currency", "written"),
        [
            (999, "EUR", "9.99 EUR"),
            (5, "USD", "0.05 USD"),
            (0, "GBP", "0.00 GBP"),
            (1200, "JPY", "1,200 JPY"),
            (1990000, "COP", "19,900.00 COP"),
            (12990, "CLP", "12,990 CLP"),
            (12990, "KRW", "12,990 KRW"),
            (12990, "VND", "12,990 VND"),
            (12990, "KWD", "12.990 KWD"),
            (-150, "EUR", "-1.50 EUR"),
        ],
    )
    def test_is_written_out(self, minor: int, currency: str, written: str) -> None:
        assert amount(minor, currency) == written

    @pytest.mark.parametrize(
        ("language", "written"),
        [
            ("es", "12.345,67 EUR"),
            ("es-MX", "12,345.67 EUR"),
            ("en-GB", "12,345.67 EUR"),
            ("xx", "12,345.67 EUR"),
        ],
    )
    def test_is_written_in_the_readers_language(self, language: str, written: str) -> None:
        assert amount(1234567, "EUR", language) == written

    @pytest.mark.parametrize("currency", ["XYZ", "eur", "", "XLC"])
    def test_of_an_unknown_currency_is_refused(self, currency: str) -> None:
        with pytest.raises(ValueError, match="currency"):
            amount(1, currency)
        with pytest.raises(ValueError, match="currency"):
            Money(1, currency)


@pytest.mark.django_db
class TestTheContentOfAnInvoice:
    @pytest.mark.parametrize(
        ("language", "title"),
        [("es-MX", "Factura"), ("en", "Invoice"), ("pl", "Invoice")],
    )
    def test_is_in_its_language_or_in_english(self, language: str, title: str) -> None:
        invoice = InvoiceFactory.build(language=language)

        assert _content(invoice)["title"] == f"{title} {invoice.number}"

    def test_names_the_buyer_and_the_seller_and_shows_no_id(self) -> None:
        invoice: Invoice = InvoiceFactory.build(
            issued_at=datetime(2026, 12, 31, 23, 32, tzinfo=UTC)
        )
        InvoiceBuyer(
            invoice=invoice,
            name="Ana García",
            address="Calle Mayor 1\n28013 Madrid",
            seller_tax_id="ESB12345678",
        )

        content = _content(invoice)

        assert content["lines"] == [
            ["Premium, un mes", "9,99 EUR"],
            ["Base imponible", "8,26 EUR"],
            ["Impuesto incluido (21 %)", "1,73 EUR"],
        ]
        assert content["total"] == ["Total", "9,99 EUR"]
        assert ["Cliente", "Ana García"] in content["facts"]
        assert ["Dirección", "Calle Mayor 1\n28013 Madrid"] in content["facts"]
        assert ["País", "España"] in content["facts"]
        assert ["Fecha", "1 de enero de 2027"] in content["facts"]
        assert content["seller"]["lines"][-1] == "NIF: ESB12345678"
        assert str(invoice.customer_id) not in str(content)


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
