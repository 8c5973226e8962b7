"""What a correction comes to, without a database."""

from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts.community.domain.corrections import (
    Answer,
    NothingChanged,
    PerfectWithEdits,
    Proposed,
    Reading,
    SentencesDiffer,
    Verdict,
)
from contexts.community.domain.edits import (
    NOBODY,
    AlreadyDecided,
    EditNotFound,
    EditState,
    ReviewedEdit,
)
from contexts.community.domain.reputation import PointsReason, earned_by_correcting, reputation
from contexts.community.domain.texts import (
    ContactDetails,
    TextEmpty,
    TextTooLong,
    checked_remark,
    checked_text,
    text_hash,
)
from contexts.community.events import EditAccepted, EditDisputed, EditReplied
from contexts.shared.kernel import new_id
from contexts.shared.language import Category, EditsRefused, apply, nfc

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITER, CORRECTOR, OTHER = (UUID(int=n) for n in (1, 2, 3))


def reading(*sentences: str, language: str = "en") -> Reading:
    numbers = count(1)
    return Reading(sentences, language, lambda: UUID(int=next(numbers)))


def change(start: int, end: int, old: str, new: str, **more: object) -> Proposed:
    return Proposed(start=start, end=end, old=old, new=new, **more)  # type: ignore[arg-type]


class TestAnswers:
    def test_give_verdicts_and_edits_with_the_hash_of_their_sentence(self) -> None:
        answers = [
            Answer(index=1, perfect=True),
            Answer(index=0, edits=(change(2, 5, "has", "have", reason=" With I. "),)),
        ]

        verdicts, [made] = reading("I has a dog.", "Fine.").verdicts(answers)

        assert verdicts == (Verdict.CORRECTED, Verdict.PERFECT)
        assert (made.sentence, made.edit.old, made.edit.new) == (0, "has", "have")
        assert (made.reason, made.sentence_hash) == ("With I.", text_hash("I has a dog."))

    def test_may_be_what_a_sentence_should_read(self) -> None:
        answers = [Answer(index=0, corrected="I have a dog")]

        _, made = reading("I has dog").verdicts(answers)

        assert [(one.edit.old, one.edit.new, one.edit.category) for one in made] == [
            ("has", "have", Category.SPELLING),
            ("", " a", Category.MISSING),
        ]

    @given(st.text(max_size=30), st.text(min_size=1, max_size=30))
    def test_that_name_a_text_rebuild_it(self, sentence: str, target: str) -> None:
        wanted = nfc(target).strip()
        answers = [Answer(index=0, corrected=target)]

        try:
            _, made = reading(nfc(sentence)).verdicts(answers)
        except (NothingChanged, ContactDetails):
            return

        assert apply(sentence, [one.edit for one in made]) == wanted

    @pytest.mark.parametrize(
        "indexes", [(), (0,), (0, 0), (0, 1, 1), (0, 2), (0, 1, 2), (-1, 0, 1)]
    )
    def test_name_every_sentence_once(self, indexes: tuple[int, ...]) -> None:
        with pytest.raises(SentencesDiffer):
            reading("One.", "Two.").verdicts([Answer(index=n, perfect=True) for n in indexes])

    @pytest.mark.parametrize(
        "edits",
        [
            (change(2, 5, "hat", "have"),),
            (change(2, 99, "has", "have"),),
            (change(2, 5, "has", "have"), change(4, 6, "s ", "")),
            (change(6, 7, "a", "the"), change(2, 5, "has", "have")),
        ],
    )
    def test_fit_their_sentence(self, edits: tuple[Proposed, ...]) -> None:
        with pytest.raises(EditsRefused):
            reading("I has a dog.").verdicts([Answer(index=0, edits=edits)])

    @pytest.mark.parametrize(
        "answer",
        [
            Answer(index=0),
            Answer(index=0, corrected="Fine."),
            Answer(index=0, corrected="  Fine. "),
            Answer(index=0, edits=(change(0, 4, "Fine", "Fine"),)),
        ],
    )
    def test_change_something_or_call_it_perfect(self, answer: Answer) -> None:
        with pytest.raises(NothingChanged):
            reading("Fine.").verdicts([answer])

    @pytest.mark.parametrize(
        "answer",
        [
            Answer(index=0, perfect=True, edits=(change(0, 1, "F", "f"),)),
            Answer(index=0, perfect=True, corrected="fine."),
            Answer(index=0, corrected="fine.", edits=(change(0, 1, "F", "f"),)),
        ],
    )
    def test_say_one_thing(self, answer: Answer) -> None:
        with pytest.raises(PerfectWithEdits):
            reading("Fine.").verdicts([answer])

    def test_bring_no_link_that_the_writer_did_not_write(self) -> None:
        link = Answer(index=0, corrected="Fine, see www.example.org.")

        with pytest.raises(ContactDetails):
            reading("Fine.").verdicts([link])
        verdicts, _ = reading("Fine see www.example.org.").verdicts([link])

        assert verdicts == (Verdict.CORRECTED,)


class TestRemarks:
    @pytest.mark.parametrize(
        "text",
        [
            "Write to ana@example.org",
            "see https://x.y",
            "www.example.org",
            "my site: learn.io",
            "+34 600 123 456",
            "600-123-4567",
        ],
    )
    def test_hold_no_contact_details(self, text: str) -> None:
        with pytest.raises(ContactDetails):
            checked_remark(text)

    @pytest.mark.parametrize(
        "text",
        ["In 2026 I paid 1,250.50 euros.", "e.g. this. And that.", "On 2026-11-24!", "1 2 3 4 5"],
    )
    def test_may_hold_numbers_and_full_stops(self, text: str) -> None:
        assert checked_remark(f" {text} ") == text

    def test_may_be_long_without_being_slow(self) -> None:
        assert checked_remark("a.b-1 " * 2_000)


class TestTexts:
    def test_are_counted_in_code_points_of_the_normal_form(self) -> None:
        assert len(checked_text("e\u0301" * 10_000)) == 10_000
        with pytest.raises(TextTooLong):
            checked_text("é" * 10_001)

    @pytest.mark.parametrize("text", ["", " ", "\r\n\t"])
    def test_say_something(self, text: str) -> None:
        with pytest.raises(TextEmpty):
            checked_text(text)


def edit(**more: object) -> ReviewedEdit:
    facts: dict[str, object] = {
        "id": new_id(),
        "submission_id": new_id(),
        "correction_id": new_id(),
        "writer_id": WRITER,
        "corrector_id": CORRECTOR,
        "language": "en",
        "category": "spelling",
        "state": EditState.OPEN,
    }
    return ReviewedEdit(**{**facts, **more})  # type: ignore[arg-type]


class TestDeciding:
    def test_is_told_once(self) -> None:
        one = edit()

        changed = [one.accept(now=NOON), one.accept(now=NOON)]

        [told] = one.collect_events()
        assert changed == [True, False]
        assert isinstance(told, EditAccepted)
        assert (told.edit_id, told.corrector_id) == (one.id, CORRECTOR)
        assert (one.state, one.decided_at) == (EditState.ACCEPTED, NOON)

    def test_is_final(self) -> None:
        accepted, disputed = edit(), edit()
        accepted.accept(now=NOON)
        disputed.dispute(reason="No.", now=NOON)

        with pytest.raises(AlreadyDecided):
            accepted.dispute(reason="", now=NOON)
        with pytest.raises(AlreadyDecided):
            disputed.accept(now=NOON)

        assert accepted.state is EditState.ACCEPTED
        assert isinstance(disputed.collect_events()[0], EditDisputed)

    def test_names_nobody_for_who_is_forgotten(self) -> None:
        one = edit(corrector_id=None)

        one.accept(now=NOON)

        [told] = one.collect_events()
        assert isinstance(told, EditAccepted)
        assert told.corrector_id == NOBODY


class TestReplying:
    @pytest.mark.parametrize(("author", "told_id"), [(WRITER, CORRECTOR), (CORRECTOR, WRITER)])
    def test_tells_the_other_one(self, author: UUID, told_id: UUID) -> None:
        one = edit()

        one.reply(reply_id=new_id(), author_id=author, now=NOON)

        [told] = one.collect_events()
        assert isinstance(told, EditReplied)
        assert (told.member_id, told.told_id) == (author, told_id)

    def test_is_for_the_two_alone(self) -> None:
        one = edit()

        with pytest.raises(EditNotFound):
            one.reply(reply_id=new_id(), author_id=OTHER, now=NOON)

        assert one.collect_events() == []


class TestStanding:
    def test_earns_two_points_for_a_change_and_one_for_a_look(self) -> None:
        verdicts = [Verdict.CORRECTED, Verdict.PERFECT, Verdict.CORRECTED]

        earned = earned_by_correcting(
            corrector_id=CORRECTOR, correction_id=OTHER, verdicts=verdicts, language="en"
        )

        assert [(one.reason, one.quantity, one.points) for one in earned] == [
            (PointsReason.SENTENCES_CORRECTED, 2, 4),
            (PointsReason.SENTENCES_CONFIRMED, 1, 1),
        ]

    @pytest.mark.parametrize(
        ("accepted", "disputed", "score"), [(0, 0, 0.8), (8, 0, 0.9), (0, 8, 0.4), (2, 0, 0.84)]
    )
    def test_is_a_mean_that_few_judgments_hardly_move(
        self, accepted: int, disputed: int, score: float
    ) -> None:
        assert reputation(accepted=accepted, disputed=disputed) == pytest.approx(score)
