from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.shared.kernel import (
    Aggregate,
    DomainError,
    Event,
    LanguageTag,
    Level,
    Money,
    UnknownLanguage,
    clock,
    new_id,
)
from contexts.shared.kernel.money import CurrenciesDiffer

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class TestIds:
    def test_are_uuids_of_version_7(self) -> None:
        made = new_id()

        assert type(made) is UUID
        assert made.version == 7

    def test_are_sorted_by_their_making(self) -> None:
        made = [new_id() for _ in range(1_000)]

        assert made == sorted(made)
        assert len(set(made)) == 1_000


class TestMoney:
    @given(st.integers(), st.integers())
    def test_adds_and_takes_away_exactly(self, left: int, right: int) -> None:
        total = Money(left, "EUR") + Money(right, "EUR")

        assert total.minor == left + right
        assert total - Money(right, "EUR") == Money(left, "EUR")

    def test_of_two_currencies_is_not_added(self) -> None:
        with pytest.raises(CurrenciesDiffer, match="EUR and USD"):
            Money(1, "EUR") + Money(1, "USD")

    @pytest.mark.parametrize("minor", [1.0, True, "1"])
    def test_is_counted_in_whole_units(self, minor: object) -> None:
        with pytest.raises(TypeError):
            Money(minor, "EUR")  # type: ignore[arg-type]

    @pytest.mark.parametrize("currency", ["eur", "EU", "EURO", "€€€", ""])
    def test_names_its_currency_by_iso_4217(self, currency: str) -> None:
        with pytest.raises(ValueError, match="ISO 4217"):
            Money(1, currency)


class TestLanguageTags:
    @pytest.mark.parametrize(
        ("typed", "canonical"), [("PT_br", "pt-BR"), ("es", "es"), ("ZH-hant-TW", "zh-Hant-TW")]
    )
    def test_are_kept_in_their_canonical_spelling(self, typed: str, canonical: str) -> None:
        assert LanguageTag.parse(typed) == canonical

    @pytest.mark.parametrize("typed", ["", "zz", "12", "xx-yyyyyyyyyy", "a" * 100, "\x00", "🦉"])
    def test_that_nobody_knows_are_refused(self, typed: str) -> None:
        with pytest.raises(UnknownLanguage):
            LanguageTag.parse(typed)

    def test_tell_their_primary_language(self) -> None:
        assert LanguageTag.parse("pt-BR").primary == "pt"


class TestLevels:
    def test_are_ranked_from_a1_to_c2(self) -> None:
        assert [level.rank for level in Level] == [0, 1, 2, 3, 4, 5]
        assert Level("B1").rank > Level.A2.rank


@dataclass(frozen=True, kw_only=True)
class SomethingHappened(Event):
    name: ClassVar[str] = "tests.something_happened.v1"
    subject: ClassVar[str] = "thing_id"

    thing_id: int


class TestAggregates:
    def test_give_their_events_once_and_in_order(self) -> None:
        aggregate = Aggregate()
        first = SomethingHappened(occurred_at=NOON, thing_id=1)
        second = SomethingHappened(occurred_at=NOON, thing_id=2)
        aggregate.record(first)
        aggregate.record(second)

        collected = aggregate.collect_events()

        assert collected == [first, second]
        assert aggregate.collect_events() == []

    def test_do_not_share_their_events(self) -> None:
        one, other = Aggregate(), Aggregate()
        one.record(SomethingHappened(occurred_at=NOON, thing_id=1))

        assert other.collect_events() == []

    def test_record_events_that_tell_their_subject(self) -> None:
        assert SomethingHappened(occurred_at=NOON, thing_id=7).subject_id == "7"


class TooLate(DomainError):
    code = "too_late"
    message = "{hours} hours too late."


class TestErrors:
    def test_fill_their_message(self) -> None:
        error = TooLate(hours=3)

        assert str(error) == "3 hours too late."
        assert error.params == {"hours": 3}


class TestTheClock:
    def test_moves_by_the_installed_offset(self) -> None:
        before = clock.install_offset(lambda: timedelta(days=30))
        try:
            moved = clock.now()
        finally:
            clock.install_offset(before)

        assert timedelta(days=29) < moved - clock.now() < timedelta(days=31)

    def test_is_aware_and_in_utc(self) -> None:
        assert clock.now().tzinfo is UTC
