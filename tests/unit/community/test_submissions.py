"""A text on its way to corrections, without a database."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from contexts.community.domain.submissions import (
    LEASE,
    AlreadyCorrected,
    Corrector,
    NotOffered,
    NotTaken,
    OwnText,
    Submission,
    SubmissionNotFound,
    SubmissionState,
    Taken,
    TextLocked,
)
from contexts.community.events import SubmissionOpened, SubmissionRewritten
from contexts.shared.kernel import new_id

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITER = UUID(int=1)
NATIVE = Corrector(member_id=UUID(int=2), natives=frozenset({"en"}), apart=False, corrected=False)
SECOND = replace(NATIVE, member_id=UUID(int=3))


def text(*, opened: bool = True) -> Submission:
    made = Submission(
        id=new_id(), writer_id=WRITER, language="en-GB", text="One. Two.", created_at=NOON
    )
    if opened:
        made.open(now=NOON)
        made.collect_events()
    return made


class TestOpening:
    def test_offers_the_text_and_tells_once(self) -> None:
        draft = text(opened=False)

        draft.open(now=NOON)
        draft.open(now=NOON + LEASE)

        [told] = draft.collect_events()
        assert isinstance(told, SubmissionOpened)
        assert (draft.state, draft.opened_at, draft.round) == (SubmissionState.OPEN, NOON, 0)
        assert draft.sentences == ("One.", "Two.")

    def test_brings_nothing_back(self) -> None:
        gone = text()
        gone.withdraw()

        gone.open(now=NOON)

        assert (gone.state, gone.round) == (SubmissionState.WITHDRAWN, None)


class TestTaking:
    @pytest.mark.parametrize(
        ("corrector", "refusal"),
        [
            (replace(NATIVE, member_id=WRITER), OwnText),
            (replace(NATIVE, natives=frozenset({"es"})), SubmissionNotFound),
            (replace(NATIVE, apart=True), SubmissionNotFound),
            (replace(NATIVE, corrected=True), AlreadyCorrected),
        ],
    )
    def test_is_for_natives_who_are_not_the_writer(
        self, corrector: Corrector, refusal: type[Exception]
    ) -> None:
        one = text()

        with pytest.raises(refusal):
            one.take(corrector, now=NOON)

        assert one.lease is None

    def test_ends_by_the_clock(self) -> None:
        one = text()
        one.take(NATIVE, now=NOON)

        with pytest.raises(Taken):
            one.take(SECOND, now=NOON + LEASE / 2)
        one.take(SECOND, now=NOON + LEASE)

        assert one.lease is not None
        assert one.lease.member_id == SECOND.member_id

    @pytest.mark.parametrize("moderation", ["hidden", "removed"])
    def test_is_not_of_what_moderators_took_away(self, moderation: str) -> None:
        one = text()
        one.moderate(moderation)

        with pytest.raises(SubmissionNotFound):
            one.take(NATIVE, now=NOON)

    def test_is_over_after_two_corrections(self) -> None:
        one = text()
        for corrector in (NATIVE, SECOND):
            one.take(corrector, now=NOON)
            one.corrected(corrector, now=NOON)

        with pytest.raises(NotOffered):
            one.take(replace(NATIVE, member_id=UUID(int=4)), now=NOON)


class TestCorrecting:
    def test_needs_ones_own_turn(self) -> None:
        one = text()

        with pytest.raises(NotTaken):
            one.corrected(NATIVE, now=NOON)
        one.take(SECOND, now=NOON)
        with pytest.raises(Taken):
            one.corrected(NATIVE, now=NOON)
        with pytest.raises(NotTaken):
            one.corrected(SECOND, now=NOON + LEASE)

        assert one.corrections_count == 0

    def test_ends_the_turn_and_moves_the_text_back(self) -> None:
        one = text()
        one.take(NATIVE, now=NOON)

        one.corrected(NATIVE, now=NOON)

        assert (one.lease, one.corrections_count, one.round) == (None, 1, 1)


class TestRewriting:
    def test_splits_anew_and_asks_for_another_draft(self) -> None:
        one = text()

        one.rewrite("Only one.", now=NOON)

        [told] = one.collect_events()
        assert isinstance(told, SubmissionRewritten)
        assert (one.sentences, one.draft_state) == (("Only one.",), "pending")

    def test_is_over_when_somebody_corrects_or_has_corrected(self) -> None:
        one = text()
        one.take(NATIVE, now=NOON)
        with pytest.raises(TextLocked):
            one.rewrite("Another.", now=NOON)
        one.corrected(NATIVE, now=NOON)
        with pytest.raises(TextLocked):
            one.rewrite("Another.", now=NOON + LEASE)

        assert one.text == "One. Two."
