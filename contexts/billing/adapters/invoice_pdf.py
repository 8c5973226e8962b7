"""Invoices as PDF, in the language of their purchase."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import get_template

from contexts.billing.adapters.terms import read
from contexts.billing.models import Invoice
from contexts.shared.database.transactions.atomic import refuse_in_transaction

# ISO 4217 currencies without a minor unit. Our other currencies have two digits.
_WHOLE = frozenset({"JPY"})
_WORDS = {
    "en": {
        "title": "Invoice",
        "number": "Number",
        "date": "Date",
        "customer": "Customer",
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
        "number": "Número",
        "date": "Fecha",
        "customer": "Cliente",
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
    words = _WORDS[language]
    rate = f"{row.tax_basis_points // 100}.{row.tax_basis_points % 100:02} %"
    return {
        "language": language,
        "title": f"{words['title']} {row.number}",
        "seller": read("terms")["seller"],
        "facts": _facts(row, words),
        "heading": [words["item"], words["amount"]],
        "lines": [
            [row.description, amount(row.gross_minor, row.currency)],
            [words["net"], amount(row.net_minor, row.currency)],
            [f"{words['tax']} ({rate})", amount(row.tax_minor, row.currency)],
        ],
        "total": [words["total"], amount(row.gross_minor, row.currency)],
    }


def _facts(row: Invoice, words: Mapping[str, str]) -> list[list[str]]:
    facts = [
        [words["number"], row.number],
        [words["date"], row.issued_at.date().isoformat()],
        [words["customer"], str(row.customer_id)],
    ]
    if row.country:
        facts.append([words["country"], row.country])
    if row.period_start and row.period_end:
        start, end = row.period_start.date(), row.period_end.date()
        facts.append([words["period"], f"{start.isoformat()} / {end.isoformat()}"])
    return facts


def amount(minor: int, currency: str) -> str:
    """Return an amount like "9.99 EUR"."""
    if currency in _WHOLE:
        return f"{minor} {currency}"
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100}.{abs(minor) % 100:02} {currency}"
