"""Community's use cases on fakes: texts, turns, corrections, edits and drafts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from contexts.community.application.ports import Written
from contexts.community.domain.corrections import Answer, CorrectionNotFound, SentencesDiffer
from contexts.community.domain.edits import AlreadyDecided, EditNotFound, EditState
from contexts.community.domain.submissions import (
    AlreadyCorrected,
    NothingToCorrect,
    NotOffered,
    NotTaken,
    OwnText,
    SubmissionIdReused,
    SubmissionNotFound,
    SubmissionState,
    Taken,
    TextLocked,
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
    text,
)

CORRECTION, REPLY = UUID(int=20), UUID(int=30)
ANSWERS = [Answer(index=0, corrected="I have a cat."), Answer(index=1, perfect=True)]


def with_text(**changes: Any) -> FakeCommunity:
    community = FakeCommunity()
    community.texts.rows[TEXT] = text(**changes)
    return community


def names(events: list[Any]) -> list[str]:
    return [type(event).__name__ for event in events]


def submit(community: FakeCommunity, **changes: Any) -> None:
    facts = {
        "submission_id": TEXT,
        "writer_id": WRITER,
        "text": "I has a cat.",
        "language": "en",
        "question": "",
        "now": NOW,
    }
    community.submitting.submit(**{**facts, **changes})


def reserve(community: FakeCommunity, **changes: Any) -> None:
    facts = {
        "submission_id": TEXT,
        "writer_id": WRITER,
        "text": "I has a cat.",
        "language": "en",
        "level": "A1",
        "prompt": "Your pet",
        "now": NOW,
    }
    community.submitting.keep_draft(**{**facts, **changes})


def correct(community: FakeCommunity, **changes: Any) -> None:
    facts = {
        "correction_id": CORRECTION,
        "submission_id": TEXT,
        "corrector_id": CORRECTOR,
        "answers": ANSWERS,
        "comment": "Well done.",
        "now": NOW,
    }
    community.correcting.correct(**{**facts, **changes})


def corrected() -> tuple[FakeCommunity, UUID]:
    """Return a community with a corrected text, and the id of its edit."""
    community = with_text()
    community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)
    correct(community)
    community.corrections.events.clear()
    community.standings.earned.clear()
    [edit_id] = community.corrections.edits
    return community, edit_id


class TestSubmitting:
    def test_opens_the_text_and_waits_for_twins(self) -> None:
        community = FakeCommunity()

        submit(community)

        assert community.texts.rows[TEXT].state is SubmissionState.OPEN
        assert community.limits.waited == [WRITER]
        assert names(community.texts.events) == ["SubmissionOpened"]

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [({"text": "  "}, TextEmpty), ({"question": "a@b.org"}, ContactDetails)],
    )
    def test_is_refused(self, changes: dict[str, Any], refusal: type[DomainError]) -> None:
        community = FakeCommunity()

        with pytest.raises(refusal):
            submit(community, **changes)

        assert community.texts.rows == {}

    def test_is_limited_per_day(self) -> None:
        community = FakeCommunity()
        community.texts.written = community.limits.submissions

        with pytest.raises(DailyLimit):
            submit(community)

        assert community.texts.rows == {}


class TestReserving:
    def test_happens_once(self) -> None:
        community = FakeCommunity()

        reserve(community)
        reserve(community, text="Something else.")

        assert community.texts.rows[TEXT].text == "I has a cat."
        assert community.texts.events == []

    def test_refuses_the_id_of_another_writer(self) -> None:
        community = FakeCommunity()
        reserve(community)

        with pytest.raises(SubmissionIdReused):
            reserve(community, writer_id=OTHER)

    def test_is_opened_once(self) -> None:
        community = FakeCommunity()
        reserve(community)

        for _ in range(2):
            community.submitting.open_draft(submission_id=TEXT, now=NOW)

        assert names(community.texts.events) == ["SubmissionOpened"]

    def test_that_expired_is_not_opened(self) -> None:
        community = FakeCommunity()

        community.submitting.open_draft(submission_id=TEXT, now=NOW)

        assert community.texts.rows == {}


class TestRewriting:
    def test_replaces_the_text(self) -> None:
        community = with_text()

        community.submitting.rewrite(submission_id=TEXT, writer_id=WRITER, text="New.", now=NOW)

        assert community.texts.rows[TEXT].text == "New."

    def test_is_refused_during_a_turn(self) -> None:
        community = with_text()
        community.turns.take(submission_id=TEXT, member_id=CORRECTOR, now=NOW)

        with pytest.raises(TextLocked):
            community.submitting.rewrite(submission_id=TEXT, writer_id=WRITER, text="New.", now=NOW)

        assert community.texts.rows[TEXT].text == "I has a cat. It is black."

    def test_is_refused_to_others(self) -> None:
        community = with_text()

        with pytest.raises(SubmissionNotFound):
            community.submitting.rewrite(submission_id=TEXT, writer_id=OTHER, text="N", now=NOW)


class TestWithdrawing:
    def test_can_be_repeated(self) -> None:
        community = with_text()

        for _ in range(2):
            community.submitting.withdraw(submission_id=TEXT, writer_id=WRITER)

        assert community.texts.rows[TEXT].state is SubmissionState.WITHDRAWN


class TestSweeping:
    def test_does_all_three(self) -> None:
        community = FakeCommunity()

        community.submitting.sweep(now=NOW)

        assert community.texts.swept == ["escalate", "forget_drafts", "end_leases"]


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
