"""Giving a correction: its edits, its limits, and what becomes of the text."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import override_settings

from contexts.community import api, queries
from contexts.community.models import Correction, PointsEntry, Standing, Submission
from contexts.community.rest.corrections import to_answer
from contexts.shared.kernel import new_id, now
from contexts.shared.language import EditsRefused
from tests.factories.community import ANSWERS, NativeFactory, corrected, first_edit, opened_text
from tests.integration.community.texts import as_seen
from tests.parallel import at_once


@pytest.mark.django_db
class TestCorrecting:
    def test_keeps_edits_that_rebuild_the_sentences(self) -> None:
        text, native = opened_text(), NativeFactory(display_name="Nat")

        corrected(text, native.pk, comment=" Well done! ")

        [given] = as_seen(text, text.writer_id).corrections
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

        given = as_seen(text, text.writer_id).corrections
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

    def test_by_offsets_in_utf_16_is_refused(self) -> None:
        text, native = opened_text(text="😀 I has a dog."), NativeFactory()
        api.take(submission_id=text.pk, member_id=native.pk, now=now())
        edit = {"old": "has", "new": "have"}

        with pytest.raises(EditsRefused):
            _correct(
                text, native.pk, answers=[{"index": 0, "edits": [{"start": 5, "end": 8, **edit}]}]
            )
        _correct(text, native.pk, answers=[{"index": 0, "edits": [{"start": 4, "end": 7, **edit}]}])

        [given] = as_seen(text, text.writer_id).corrections
        assert [one.text for one in given.sentences] == ["😀 I have a dog."]

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
        answers=[to_answer(one) for one in answers],
        comment="",
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
        from contexts.shared.database.transactions.atomic import for_context
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
