"""Use cases of corrections on fakes: they are written, decided, answered and drafted."""

from typing import Any
from uuid import UUID

import pytest

from contexts.community.application.ports import Written
from contexts.community.domain.corrections import CorrectionNotFound, SentencesDiffer
from contexts.community.domain.edits import AlreadyDecided, EditNotFound, EditState
from contexts.community.domain.submissions import (
    NotTaken,
)
from contexts.community.domain.texts import ContactDetails, DailyLimit, TextEmpty
from contexts.shared.kernel import DomainError
from tests.fakes.community import (
    CORRECTOR,
    NOW,
    OTHER,
    TEXT,
    WRITER,
    FakeCommunity,
)
from tests.unit.community.acts import (
    ANSWERS,
    CORRECTION,
    REPLY,
    correct,
    corrected,
    names,
    with_text,
)


class TestCorrecting:
    def test_stores_verdicts_and_edits_and_pays(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

        correct(community)

        assert names(community.corrections.events) == ["SubmissionCorrected"]
        assert len(community.corrections.edits) == 1
        assert [each.points for each in community.standings.earned] == [2, 1]
        assert community.texts.rows[TEXT].corrections_count == 1
        assert community.texts.rows[TEXT].lease is None

    def test_is_refused_without_a_turn(self) -> None:
        community = with_text()

        with pytest.raises(NotTaken):
            correct(community)

        assert community.corrections.rows == {}

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"answers": ANSWERS[:1]}, SentencesDiffer),
            ({"comment": "write to a@b.org"}, ContactDetails),
        ],
    )
    def test_is_refused(self, changes: dict[str, Any], refusal: type[DomainError]) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

        with pytest.raises(refusal):
            correct(community, **changes)

        assert community.corrections.rows == {}
        assert community.standings.earned == []

    def test_is_limited_per_day(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)
        community.corrections.made = community.limits.corrections

        with pytest.raises(DailyLimit):
            correct(community)

        assert community.corrections.rows == {}


class TestDeciding:
    def test_accepts_once_and_pays_once(self) -> None:
        community, edit_id = corrected()

        for _ in range(2):
            community.deciding.accept(edit_id=edit_id, writer_id=WRITER, now=NOW)

        assert community.corrections.edits[edit_id].state is EditState.ACCEPTED
        assert [each.points for each in community.standings.earned] == [5]
        assert community.standings.decisions == [(CORRECTOR, "en", True)]
        assert names(community.corrections.events) == ["EditAccepted"]

    def test_disputes_once_and_pays_nothing(self) -> None:
        community, edit_id = corrected()

        for _ in range(2):
            community.deciding.dispute(edit_id=edit_id, writer_id=WRITER, reason="No.", now=NOW)

        assert community.standings.earned == []
        assert community.standings.decisions == [(CORRECTOR, "en", False)]
        assert names(community.corrections.events) == ["EditDisputed"]

    def test_cannot_be_changed(self) -> None:
        community, edit_id = corrected()
        community.deciding.accept(edit_id=edit_id, writer_id=WRITER, now=NOW)

        with pytest.raises(AlreadyDecided):
            community.deciding.dispute(edit_id=edit_id, writer_id=WRITER, reason="No.", now=NOW)

        assert len(community.standings.decisions) == 1

    @pytest.mark.parametrize("member_id", [CORRECTOR, OTHER])
    def test_is_the_writers_alone(self, member_id: UUID) -> None:
        community, edit_id = corrected()

        with pytest.raises(EditNotFound):
            community.deciding.accept(edit_id=edit_id, writer_id=member_id, now=NOW)

        assert community.standings.decisions == []


class TestReplying:
    @pytest.mark.parametrize("author_id", [WRITER, CORRECTOR])
    def test_stores_the_reply(self, author_id: UUID) -> None:
        community, edit_id = corrected()

        community.deciding.reply(
            reply_id=REPLY, edit_id=edit_id, author_id=author_id, text=" Why? ", now=NOW
        )

        assert community.corrections.replies == {REPLY: "Why?"}
        assert community.limits.waited == [author_id]

    @pytest.mark.parametrize(
        ("author_id", "remark", "made", "refusal"),
        [
            (OTHER, "Why?", 0, EditNotFound),
            (WRITER, "mail a@b.org", 0, ContactDetails),
            (WRITER, " ", 0, TextEmpty),
            (WRITER, "Why?", 3, DailyLimit),
        ],
    )
    def test_is_refused(
        self, author_id: UUID, remark: str, made: int, refusal: type[DomainError]
    ) -> None:
        community, edit_id = corrected()
        community.corrections.made = made

        with pytest.raises(refusal):
            community.deciding.reply(
                reply_id=REPLY, edit_id=edit_id, author_id=author_id, text=remark, now=NOW
            )

        assert community.corrections.replies == {}


class TestThanking:
    def test_pays_once(self) -> None:
        community, _ = corrected()

        for _ in range(2):
            community.correcting.thank(correction_id=CORRECTION, writer_id=WRITER, now=NOW)

        assert [each.points for each in community.standings.earned] == [3]

    def test_is_the_writers_alone(self) -> None:
        community, _ = corrected()

        with pytest.raises(CorrectionNotFound):
            community.correcting.thank(correction_id=CORRECTION, writer_id=OTHER, now=NOW)

        assert community.standings.earned == []


class TestDrafting:
    WRITTEN = Written(
        submission_id=TEXT,
        language="en",
        writers_languages=("es",),
        sentences=("I has a cat.",),
        text_hash="hash",
    )

    def test_stores_what_the_engine_makes(self) -> None:
        community = FakeCommunity()
        community.draft_rows.waiting = self.WRITTEN

        community.drafting.make_draft(submission_id=TEXT)

        [stored] = community.draft_rows.stored
        assert stored is not None
        assert stored.edits == [[]]

    def test_stores_its_absence_if_the_engine_fails(self) -> None:
        community = FakeCommunity()
        community.draft_rows.waiting = self.WRITTEN
        community.engine.fails = True

        community.drafting.make_draft(submission_id=TEXT)

        assert community.draft_rows.stored == [None]

    def test_does_nothing_for_a_text_that_waits_for_none(self) -> None:
        community = FakeCommunity()

        community.drafting.make_draft(submission_id=TEXT)

        assert community.draft_rows.stored == []

    def test_prepares_the_engine_without_a_text(self) -> None:
        community = FakeCommunity()
        community.engine.fails = True

        community.drafting.prepare()

        assert community.draft_rows.stored == []
