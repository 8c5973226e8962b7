"""What writers make of corrections: decisions, replies, points and reputation."""

import pytest

from contexts.community import api, queries
from contexts.community.models import Edit, PointsEntry, Reply, Standing
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from tests.factories.community import NativeFactory, apart, corrected, first_edit, opened_text
from tests.integration.community.texts import as_seen


def published(name: str) -> int:
    return StoredEvent.objects.filter(name=name).count()


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

        assert as_seen(text, text.writer_id).corrections == []
        with pytest.raises(api.SubmissionNotFound):
            as_seen(text, native.pk)


@pytest.mark.django_db
class TestReplying:
    def test_is_for_writer_and_corrector(self) -> None:
        text, native = opened_text(), NativeFactory()
        edit = first_edit(corrected(text, native.pk))

        for author_id in (text.writer_id, native.pk):
            _reply(edit, author_id)
        with pytest.raises(api.EditNotFound):
            _reply(edit, NativeFactory().pk)

        [given] = as_seen(text, native.pk).corrections
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
