"""Invoices as PDF, in the language of their purchase."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template

from contexts.billing.adapters.formats import amount, country, day, percent
from contexts.billing.adapters.terms import legal_date, seller
from contexts.billing.models import Invoice
from contexts.shared.database.transactions.atomic import refuse_in_transaction

_WORDS = {
    "en": {
        "title": "Invoice",
        "credit_note": "Credit note",
        "corrects": "Corrects",
        "number": "Number",
        "date": "Date",
        "customer": "Customer",
        "address": "Address",
        "tax_id": "Tax ID",
        "country": "Country",
        "period": "Period",
        "item": "Item",
        "amount": "Amount",
        "net": "Net",
        "tax": "Tax included",
        "total": "Total",
    },
    "es": {
        "title": "Factura",
        "credit_note": "Factura rectificativa",
        "corrects": "Rectifica",
        "number": "Número",
        "date": "Fecha",
        "customer": "Cliente",
        "address": "Dirección",
        "tax_id": "NIF",
        "country": "País",
        "period": "Período",
        "item": "Concepto",
        "amount": "Importe",
        "net": "Base imponible",
        "tax": "Impuesto incluido",
        "total": "Total",
    },
}


def pdf_of(row: Invoice) -> bytes:
    """Typeset an invoice. This takes about 100 ms, so it is refused in a transaction."""
    refuse_in_transaction("typesetting")
    from typst import compile as typeset

    content = json.dumps(_content(row), ensure_ascii=False)
    template: Any = get_template("billing/invoice.typ")
    source = Path(template.origin.name).read_bytes()
    compiled: Any = typeset
    made: bytes = compiled(source, root=str(settings.VAR_DIR), sys_inputs={"invoice": content})
    return made


def _content(row: Invoice) -> Mapping[str, Any]:
    language = row.language.split("-")[0].lower()
    language = language if language in _WORDS else "en"
    # An English invoice follows the region that the buyer's tag names.
    tag = row.language if row.language.lower().startswith(language) else language
    words = _WORDS[language]
    rate = percent(row.tax_basis_points, tag)
    return {
        "language": language,
        "title": f"{words['credit_note' if row.corrects else 'title']} {row.number}",
        "seller": _seller(row, words),
        "facts": _facts(row, words, tag),
        "heading": [words["item"], words["amount"]],
        "lines": [
            [row.description, amount(row.gross_minor, row.currency, tag)],
            [words["net"], amount(row.net_minor, row.currency, tag)],
            [f"{words['tax']} ({rate})", amount(row.tax_minor, row.currency, tag)],
        ],
        "total": [words["total"], amount(row.gross_minor, row.currency, tag)],
    }


def _seller(row: Invoice, words: Mapping[str, str]) -> Mapping[str, Any]:
    here, buyer = seller(), getattr(row, "buyer", None)
    tax_id = buyer.seller_tax_id if buyer else here.tax_id
    lines = [*here.lines, *([f"{words['tax_id']}: {tax_id}"] if tax_id else [])]
    return {"name": here.name, "lines": lines}


def _facts(row: Invoice, words: Mapping[str, str], tag: str) -> list[list[str]]:
    buyer = getattr(row, "buyer", None)
    facts = [[words["number"], row.number], [words["date"], _day(row.issued_at, tag)]]
    if row.corrects:
        facts.append([words["corrects"], row.corrects])
    if buyer and buyer.name:
        facts.append([words["customer"], buyer.name])
    if buyer and buyer.address:
        facts.append([words["address"], buyer.address])
    if row.country:
        facts.append([words["country"], country(row.country, tag)])
    if row.period_start and row.period_end:
        period = f"{_day(row.period_start, tag)} – {_day(row.period_end, tag)}"
        facts.append([words["period"], period])
    return facts


def _day(at: datetime, language: str) -> str:
    return day(legal_date(at), language)
