"""Use cases of turns on fakes: they are taken and released."""

from datetime import timedelta
from uuid import UUID

import pytest

from contexts.community.domain.submissions import (
    AlreadyCorrected,
    NothingToCorrect,
    NotOffered,
    OwnText,
    SubmissionNotFound,
    Taken,
)
from tests.fakes.community import (
    CORRECTOR,
    NOW,
    OTHER,
    TEXT,
    WRITER,
    FakeCommunity,
    text,
)
from tests.unit.community.acts import (
    with_text,
)


class TestTakingATurn:
    def test_lasts_ten_minutes_and_can_be_extended(self) -> None:
        community = with_text()

        for minutes in (0, 5):
            now = NOW + timedelta(minutes=minutes)
            community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=now)

        lease = community.texts.rows[TEXT].lease
        assert lease is not None
        assert lease.expires_at == NOW + timedelta(minutes=15)

    def test_is_refused_while_another_has_it(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=OTHER, now=NOW)

        with pytest.raises(Taken):
            community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

    def test_is_free_after_ten_minutes(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=OTHER, now=NOW)

        later = NOW + timedelta(minutes=10)
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=later)

        lease = community.texts.rows[TEXT].lease
        assert lease is not None
        assert lease.member_id == CORRECTOR

    def test_is_refused_to_the_writer(self) -> None:
        with pytest.raises(OwnText):
            with_text().turns.take(submission_id=TEXT, member_id=WRITER, now=NOW)

    def test_is_refused_without_the_language(self) -> None:
        community = with_text()
        community.texts.natives[CORRECTOR] = frozenset({"es"})

        with pytest.raises((NotOffered, SubmissionNotFound)):
            community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

    def test_is_refused_a_second_correction_of_one_text(self) -> None:
        community = with_text()
        community.texts.corrected.add((CORRECTOR, TEXT))

        with pytest.raises(AlreadyCorrected):
            community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)


class TestTakingTheNext:
    def test_keeps_the_turn_in_hand(self) -> None:
        community = with_text()
        community.texts.rows[OTHER] = text(id=OTHER, created_at=NOW + timedelta(hours=1))
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

        assert community.turns.take_next(member_id=CORRECTOR, now=NOW) == TEXT

    @pytest.mark.parametrize(("draw", "expected"), [(1, OTHER), (3, TEXT)])
    def test_prefers_the_newest_and_each_third_time_the_oldest(
        self, draw: int, expected: UUID
    ) -> None:
        community = with_text()
        community.draw = lambda: draw
        community.texts.rows[OTHER] = text(id=OTHER, created_at=NOW + timedelta(hours=1))

        assert community.turns.take_next(member_id=CORRECTOR, now=NOW) == expected

    def test_skips_what_another_transaction_holds(self) -> None:
        community = with_text()
        community.texts.rows[OTHER] = text(id=OTHER, created_at=NOW + timedelta(hours=1))
        community.texts.locked.add(OTHER)

        assert community.turns.take_next(member_id=CORRECTOR, now=NOW) == TEXT

    def test_skips_what_changed_since_it_was_read(self) -> None:
        community = with_text()
        community.texts.rows[OTHER] = text(id=OTHER, created_at=NOW + timedelta(hours=1))
        community.texts.corrected.add((CORRECTOR, OTHER))

        assert community.turns.take_next(member_id=CORRECTOR, now=NOW) == TEXT

    def test_says_if_there_is_nothing(self) -> None:
        with pytest.raises(NothingToCorrect):
            FakeCommunity().turns.take_next(member_id=CORRECTOR, now=NOW)


class TestReleasing:
    def test_gives_the_turn_back_once(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

        for _ in range(2):
            community.turns.release(submission_id=TEXT, member_id=CORRECTOR)

        assert community.texts.rows[TEXT].lease is None

    def test_leaves_the_turn_of_another_member(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=OTHER, now=NOW)

        community.turns.release(submission_id=TEXT, member_id=CORRECTOR)

        assert community.texts.rows[TEXT].lease is not None
