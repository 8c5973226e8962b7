"""The buyer as an invoice names them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledTo:
    """Name, postal address (lines joined by newlines) and country (ISO 3166) of a buyer."""

    name: str = ""
    address: str = ""
    country: str = ""


NOBODY = BilledTo()
