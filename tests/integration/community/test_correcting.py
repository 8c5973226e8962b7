"""Corrections on the database: their edits, decisions, points and who sees them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import override_settings

from contexts.community import api, queries
from contexts.community.models import Correction, Edit, PointsEntry, Reply, Standing, Submission
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.community import (
    ANSWERS,
    NativeFactory,
    apart,
    corrected,
    first_edit,
    opened_text,
)
from tests.parallel import at_once


def published(name: str) -> int:
    return StoredEvent.objects.filter(name=name).count()


def _shown(text: Submission, member_id: object) -> queries.TextDetail:
    return queries.text(text.pk, seen_by=member_id, now=now())  # type: ignore[arg-type]


@pytest.mark.django_db
class TestCorrecting:
    def test_keeps_edits_that_rebuild_the_sentences(self) -> None:
        text, native = opened_text(), NativeFactory(display_name="Nat")

        corrected(text, native.pk, comment=" Well done! ")

        [given] = _shown(text, text.writer_id).corrections
        assert [(one.perfect, one.text) for one in given.sentences] == [
            (False, "I have a dog."),
            (False, "He is big."),
            (True, "I love him."),
        ]
        assert given.corrector is not None
        assert (given.corrector.name, given.comment) == ("Nat", "Well done!")
        assert {edit.source for one in given.sentences for edit in one.edits} == {"human"}

    def test_of_several_stands_side_by_side(self) -> None:
        text, first, second = opened_text(), NativeFactory(), NativeFactory()

        corrected(text, first.pk)
        corrected(text, second.pk)

        given = _shown(text, text.writer_id).corrections
        assert [one.corrector and one.corrector.id for one in given] == [first.pk, second.pk]
        assert Submission.objects.get().round is None

    def test_without_a_turn_changes_nothing(self) -> None:
        text = opened_text()

        with pytest.raises(api.NotTaken):
            _correct(text, NativeFactory().pk)

        assert not Correction.objects.exists()
        assert not PointsEntry.objects.exists()

    def test_a_second_time_is_refused(self) -> None:
        text, native = opened_text(), NativeFactory()
        corrected(text, native.pk)

        with pytest.raises(api.AlreadyCorrected):
            api.take(submission_id=text.pk, member_id=native.pk, now=now())

        assert Correction.objects.count() == 1

    def test_that_does_not_fit_leaves_the_turn(self) -> None:
        text, native = opened_text(), NativeFactory()
        api.take(submission_id=text.pk, member_id=native.pk, now=now())

        with pytest.raises(api.SentencesDiffer):
            _correct(text, native.pk, answers=ANSWERS[:2])

        assert not Correction.objects.exists()
        assert Submission.objects.get().lease.member_id == native.pk

    def test_is_limited_a_day(self) -> None:
        text, native = opened_text(), NativeFactory()
        api.take(submission_id=text.pk, member_id=native.pk, now=now())

        with (
            override_settings(COMMUNITY={**settings.COMMUNITY, "CORRECTIONS_PER_DAY": 0}),
            pytest.raises(api.DailyLimit),
        ):
            _correct(text, native.pk)

        assert not Correction.objects.exists()

    def test_locks_the_text(self) -> None:
        text = opened_text()
        corrected(text)

        with pytest.raises(api.TextLocked):
            api.rewrite(submission_id=text.pk, writer_id=text.writer_id, text="Other.", now=now())

        assert Submission.objects.get().text == text.text


def _correct(text: Submission, corrector_id: object, answers: object = ANSWERS) -> None:
    api.correct(
        correction_id=new_id(),
        submission_id=text.pk,
        corrector_id=corrector_id,  # type: ignore[arg-type]
        answers=[api.answer_of(one) for one in answers],  # type: ignore[attr-defined]
        comment="",
        now=now(),
    )


@pytest.mark.django_db
class TestPoints:
    def test_say_what_they_are_for(self) -> None:
        text, native = opened_text(), NativeFactory()
        correction_id = corrected(text, native.pk)
        edit = first_edit(correction_id)

        for _ in range(2):
            api.accept(edit_id=edit.pk, writer_id=text.writer_id, now=now())
            api.thank(correction_id=correction_id, writer_id=text.writer_id, now=now())

        lines = PointsEntry.objects.filter(member_id=native.pk)
        assert set(lines.values_list("reason", "quantity", "points", "cause_id")) == {
            ("sentences_corrected", 2, 4, correction_id),
            ("sentences_confirmed", 1, 1, correction_id),
            ("edit_accepted", 1, 5, edit.pk),
            ("thanked", 1, 3, correction_id),
        }
        assert published("community.points_given.v1") == 4
        assert queries.reputation_of(native.pk).points == 13


@pytest.mark.django_db
class TestReputation:
    def test_is_explained_by_the_judgments_of_writers(self) -> None:
        text, native = opened_text(), NativeFactory()
        correction_id = corrected(text, native.pk)
        first, second = Edit.objects.filter(correction=correction_id).order_by("sentence")

        for _ in range(2):
            api.accept(edit_id=first.pk, writer_id=text.writer_id, now=now())
            api.dispute(edit_id=second.pk, writer_id=text.writer_id, reason="No.", now=now())

        [english] = queries.reputation_of(native.pk).languages
        assert (english.language, english.accepted, english.disputed) == ("en", 1, 1)
        assert english.score == round((8 * 0.8 + 1) / 10, 4)


@pytest.mark.django_db
class TestDeciding:
    def test_is_the_writers(self) -> None:
        text, native = opened_text(), NativeFactory()
        edit = first_edit(corrected(text, native.pk))

        for nobody in (native.pk, NativeFactory().pk):
            with pytest.raises(api.EditNotFound):
                api.accept(edit_id=edit.pk, writer_id=nobody, now=now())

        edit.refresh_from_db()
        assert edit.state == "open"
        assert not Standing.objects.exists()

    def test_is_not_about_a_machines_edit(self) -> None:
        text = opened_text()
        mark = Edit.objects.create(
            submission=text, source="machine", sentence=0, start=2, end=5, old="has", new="have"
        )

        with pytest.raises(api.EditNotFound):
            api.accept(edit_id=mark.pk, writer_id=text.writer_id, now=now())

    def test_once_accepted_tells_the_sentence_with_this_one_edit(self) -> None:
        text = opened_text(text="I has dog.")
        answers = [{"index": 0, "corrected": "I have a dog."}]
        edit = first_edit(corrected(text, answers=answers))
        with pytest.raises(api.EditNotFound):
            api.accepted_edit(edit_id=edit.pk)

        api.accept(edit_id=edit.pk, writer_id=text.writer_id, now=now())

        told = api.accepted_edit(edit_id=edit.pk)
        assert (told.sentence, told.corrected) == ("I has dog.", "I have dog.")
        assert (told.writer_id, told.language, told.old) == (text.writer_id, "en", "has")

    def test_is_told(self) -> None:
        text = opened_text()
        edit = first_edit(corrected(text))

        api.accept(edit_id=edit.pk, writer_id=text.writer_id, now=now())

        assert published("community.edit_accepted.v1") == 1

    def test_ends_with_a_block(self) -> None:
        text, native = opened_text(), NativeFactory()
        correction_id = corrected(text, native.pk)
        edit = first_edit(correction_id)
        apart(text.writer_id, native.pk)

        with pytest.raises(api.EditNotFound):
            api.accept(edit_id=edit.pk, writer_id=text.writer_id, now=now())
        with pytest.raises(api.CorrectionNotFound):
            api.thank(correction_id=correction_id, writer_id=text.writer_id, now=now())

        assert _shown(text, text.writer_id).corrections == []
        with pytest.raises(api.SubmissionNotFound):
            _shown(text, native.pk)


@pytest.mark.django_db
class TestReplying:
    def test_is_for_writer_and_corrector(self) -> None:
        text, native = opened_text(), NativeFactory()
        edit = first_edit(corrected(text, native.pk))

        for author_id in (text.writer_id, native.pk):
            _reply(edit, author_id)
        with pytest.raises(api.EditNotFound):
            _reply(edit, NativeFactory().pk)

        [given] = _shown(text, native.pk).corrections
        said = given.sentences[0].edits[0].replies
        assert [reply.author and reply.author.id for reply in said] == [text.writer_id, native.pk]

    @pytest.mark.parametrize(
        ("said", "refusal"), [(" ", api.TextEmpty), ("ana@example.org", api.ContactDetails)]
    )
    def test_is_refused_for_what_it_says(self, said: str, refusal: type[Exception]) -> None:
        text = opened_text()
        edit = first_edit(corrected(text))

        with pytest.raises(refusal):
            _reply(edit, text.writer_id, said)

        assert not Reply.objects.exists()


def _reply(edit: Edit, author_id: object, text: str = "Why?") -> None:
    api.reply(
        reply_id=new_id(),
        edit_id=edit.pk,
        author_id=author_id,  # type: ignore[arg-type]
        text=text,
        now=now(),
    )


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_decide_once(self) -> None:
        text, native = opened_text(), NativeFactory()
        edit = first_edit(corrected(text, native.pk))

        def accept(_: int) -> None:
            api.accept(edit_id=edit.pk, writer_id=text.writer_id, now=now())

        assert at_once(accept, times=16) == [None] * 16
        assert Standing.objects.get(member_id=native.pk).accepted == 1
        assert PointsEntry.objects.filter(reason="edit_accepted").count() == 1

    def test_correct_once(self) -> None:
        text, native = opened_text(), NativeFactory()
        api.take(submission_id=text.pk, member_id=native.pk, now=now())

        outcomes = at_once(lambda _: _correct(text, native.pk), times=8)

        assert outcomes.count(None) == 1
        assert {type(one) for one in outcomes if one} == {api.AlreadyCorrected}
        assert Correction.objects.count() == 1


@pytest.mark.django_db
class TestTheStory:
    def test_goes_from_a_writing_task_to_a_draft(self, deliver: Callable[[], int]) -> None:
        from contexts.courses.events import WritingSubmitted
        from contexts.shared.database.atomic import for_context
        from contexts.shared.messaging.publishing import publish

        writer_id, submission_id = new_id(), new_id()
        for _ in range(2):
            api.keep_draft(
                submission_id=submission_id,
                writer_id=writer_id,
                text="I has a the the dog.",
                language="en",
                level="A1",
                prompt="Your pet",
                now=now(),
            )
        told = WritingSubmitted(
            occurred_at=now(),
            submission_id=submission_id,
            learner_id=writer_id,
            enrollment_id=new_id(),
            course="tiny",
            exercise="hello.e.write",
            language="en",
        )
        for_context("courses")(lambda: publish([told]))()
        deliver()

        shown = queries.text(submission_id, seen_by=writer_id, now=now())
        assert shown.summary.state == "open"
        assert shown.draft is not None
        assert (shown.draft.state, shown.draft.source) == ("ready", "machine")
        assert [(edit.old, edit.source) for edit in shown.draft.edits] == [(" the", "machine")]
        assert shown.corrections == []
