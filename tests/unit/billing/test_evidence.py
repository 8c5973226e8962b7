"""The country of a sale, by the evidence that is known."""

from datetime import UTC, datetime, timedelta

import pytest

from contexts.billing.domain.evidence import Evidence, EvidenceKind, merged, verdict

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CARD, BILLING = EvidenceKind.CARD, EvidenceKind.BILLING_ADDRESS
PROFILE, CONFIRMATION = EvidenceKind.PROFILE, EvidenceKind.CONFIRMATION


def piece(kind: EvidenceKind, country: str, *, source: str = "x", days: int = 0) -> Evidence:
    return Evidence(kind=kind, country=country, source=source, seen_at=NOW + timedelta(days=days))


class TestTheCountryOfASale:
    @pytest.mark.parametrize(
        ("pieces", "quoted", "country", "proven", "reason"),
        [
            ({PROFILE: "ES", CARD: "ES", BILLING: "ES"}, "ES", "ES", True, "card"),
            ({PROFILE: "ES", CARD: "ES", BILLING: "FR"}, "ES", "ES", True, "card"),
            ({PROFILE: "ES", CARD: "US", BILLING: "ES"}, "ES", "US", False, "card"),
            ({PROFILE: "ES", CARD: "US", BILLING: "US"}, "ES", "US", True, "card"),
            ({PROFILE: "ES", CARD: "US", CONFIRMATION: "US"}, "US", "US", True, "card"),
            ({PROFILE: "ES", CARD: "GB", CONFIRMATION: "US"}, "US", "GB", False, "card"),
            ({PROFILE: "ES", BILLING: "ES"}, "ES", "ES", True, "billing_address"),
            ({PROFILE: "ES", BILLING: "FR"}, "ES", "FR", False, "billing_address"),
            ({PROFILE: "ES"}, "ES", "ES", False, ""),
            ({CARD: "US"}, "", "US", False, "card"),
            ({CARD: "US", BILLING: "US"}, "", "US", True, "card"),
            ({}, "", "", False, ""),
        ],
    )
    def test_is_the_cards_then_the_addresss_and_needs_two_pieces(
        self,
        pieces: dict[EvidenceKind, str],
        quoted: str,
        country: str,
        proven: bool,
        reason: str,
    ) -> None:
        found = verdict([piece(kind, name) for kind, name in pieces.items()], quoted=quoted)

        assert (found.country, found.is_proven, found.reason) == (country, proven, reason)


class TestPieces:
    def test_are_one_of_each_kind_the_newest(self) -> None:
        old = (piece(CARD, "ES", source="a"), piece(PROFILE, "ES"))

        found = merged(old, [piece(CARD, "US", source="b", days=1)])

        assert [(one.kind, one.country) for one in found] == [(CARD, "US"), (PROFILE, "ES")]

    def test_that_are_seen_again_keep_their_first_time(self) -> None:
        first = piece(CARD, "ES")

        assert merged([first], [piece(CARD, "ES", days=3)]) == (first,)
