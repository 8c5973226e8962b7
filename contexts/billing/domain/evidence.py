"""Evidence of the country that a sale belongs to.

The card's country rules, since its bank says it. A billing address is next, and last the country
of the profile, which anybody may change at will. A sale needs two pieces that name its country.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

NEEDED = 2


class EvidenceKind(StrEnum):
    """`confirmation` is the buyer's own, of a new quote for another country.

    A first quote is by the profile, or by the card of an earlier payment.
    """

    CARD = "card"
    BILLING_ADDRESS = "billing_address"
    PROFILE = "profile"
    EARLIER_PAYMENT = "earlier_payment"
    CONFIRMATION = "confirmation"


_STRONGEST = (EvidenceKind.CARD, EvidenceKind.BILLING_ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece: a country (ISO 3166) and where it was seen. `source` is a reference, no name."""

    kind: EvidenceKind
    country: str
    source: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The country that rules, and whether enough pieces name it."""

    country: str
    is_proven: bool
    reason: str


def merged(known: Iterable[Evidence], seen: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return the newest piece of each kind. A repeated piece keeps the time of its first sight."""
    pieces = {one.kind: one for one in known}
    for one in seen:
        old = pieces.get(one.kind)
        if old is None or (old.country, old.source) != (one.country, one.source):
            pieces[one.kind] = one
    return tuple(pieces[kind] for kind in EvidenceKind if kind in pieces)


def verdict(pieces: Iterable[Evidence], *, quoted: str) -> Verdict:
    """Return the country of a sale that was quoted for one country."""
    by_kind = {one.kind: one.country for one in pieces if one.country}
    strongest = next((kind for kind in _STRONGEST if kind in by_kind), None)
    country = by_kind[strongest] if strongest else quoted
    agreeing = sum(one == country for one in by_kind.values())
    reason = strongest.value if strongest else ""
    return Verdict(country=country, is_proven=agreeing >= NEEDED, reason=reason)
