"""Texts come in, wait, change and go."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from contexts.community import api, queries
from contexts.community.application.ports import Written
from contexts.community.domain.drafts import Draft
from contexts.community.models import Edit, Lease, Submission
from contexts.shared.database.placement.commands import open_commands
from contexts.shared.kernel import UnknownLanguage, new_id, now
from contexts.shared.language import Category
from contexts.shared.language import Edit as TextEdit
from contexts.shared.messaging.models import StoredEvent
from tests.factories.community import MemberFactory, NativeFactory, opened_text

pytestmark = pytest.mark.django_db


def _keep(**more: object) -> object:
    facts: dict[str, object] = {
        "submission_id": new_id(),
        "writer_id": new_id(),
        "text": "I has a dog.",
        "language": "en",
        "level": "A1",
        "prompt": "Your pet",
        "now": now(),
    }
    return api.keep_draft(**{**facts, **more})  # type: ignore[arg-type]


class TestADraft:
    def test_is_kept_once_and_offered_to_nobody(self) -> None:
        submission_id, writer_id = new_id(), new_id()

        for _ in range(2):
            _keep(submission_id=submission_id, writer_id=writer_id)

        draft = Submission.objects.get()
        assert (draft.pk, draft.state, draft.round) == (submission_id, "draft", None)
        assert not StoredEvent.objects.exists()
        with pytest.raises(api.SubmissionNotFound):
            queries.text(submission_id, seen_by=writer_id, now=now())

    def test_is_its_writers_alone(self) -> None:
        submission_id = new_id()
        _keep(submission_id=submission_id)

        with pytest.raises(api.SubmissionIdReused):
            _keep(submission_id=submission_id)

    @pytest.mark.parametrize(
        ("facts", "refusal"),
        [
            ({"text": " \n"}, api.TextEmpty),
            ({"text": "a" * 10_001}, api.TextTooLong),
            ({"language": "nonsense"}, UnknownLanguage),
        ],
    )
    def test_is_refused_with_its_caller(
        self, facts: dict[str, object], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            _keep(**facts)

        assert not Submission.objects.exists()

    def test_is_limited_a_day(self) -> None:
        writer_id = new_id()
        _keep(writer_id=writer_id)

        with (
            override_settings(COMMUNITY={**settings.COMMUNITY, "SUBMISSIONS_PER_DAY": 1}),
            pytest.raises(api.DailyLimit),
        ):
            _keep(writer_id=writer_id)

        assert Submission.objects.count() == 1

    def test_is_forgotten_after_a_day_unless_it_is_opened(self) -> None:
        opened, left = _keep(), _keep()
        api.open_draft(submission_id=opened, now=now())  # type: ignore[arg-type]

        api.sweep(now=now() + timedelta(hours=23))
        before = Submission.objects.count()
        api.sweep(now=now() + timedelta(hours=25))

        assert before == 2
        assert Submission.objects.get().pk == opened
        api.open_draft(submission_id=left, now=now())  # type: ignore[arg-type]
        assert Submission.objects.count() == 1


class TestASubmission:
    def test_is_kept_in_its_normal_form(self) -> None:
        text = opened_text(text="Cafe\u0301 \U0001f600. Yes!")

        assert text.text == "Café \U0001f600. Yes!"
        assert text.sentences == [[0, 7], [8, 12]]

    def test_is_for_its_writer_and_natives(self) -> None:
        text = opened_text()

        for seen_by in (text.writer_id, NativeFactory().pk):
            assert queries.text(text.pk, seen_by=seen_by, now=now()).summary.id == text.pk
        with pytest.raises(api.SubmissionNotFound):
            queries.text(text.pk, seen_by=MemberFactory().pk, now=now())

    def test_is_its_writers_alone_once_withdrawn(self) -> None:
        text, native = opened_text(), NativeFactory()
        api.take(submission_id=text.pk, member_id=native.pk, now=now())

        for _ in range(2):
            api.withdraw(submission_id=text.pk, writer_id=text.writer_id)

        assert not Lease.objects.exists()
        assert queries.text(text.pk, seen_by=text.writer_id, now=now()).summary.state == "withdrawn"
        with pytest.raises(api.SubmissionNotFound):
            queries.text(text.pk, seen_by=native.pk, now=now())

    def test_cannot_be_touched_by_others(self) -> None:
        text, other = opened_text(), NativeFactory()

        with pytest.raises(api.SubmissionNotFound):
            api.withdraw(submission_id=text.pk, writer_id=other.pk)
        with pytest.raises(api.SubmissionNotFound):
            api.rewrite(submission_id=text.pk, writer_id=other.pk, text="Mine.", now=now())

        kept = Submission.objects.get()
        assert (kept.state, kept.text) == ("open", text.text)


class OneMark:
    """An engine that says a sentence begins badly; outside any transaction."""

    def draft(self, written: Written) -> Draft:
        assert not open_commands()
        mark = TextEdit(0, 1, written.sentences[0][0], "X", Category.CASE)
        return Draft(edits=[[mark], *([] for _ in written.sentences[1:])])


class Broken:
    def draft(self, written: Written) -> Draft:
        raise RuntimeError("no engine today")


def _drawn_by(engine: str) -> object:
    path = f"{__name__}.{engine}"
    return override_settings(COMMUNITY={**settings.COMMUNITY, "DRAFT_ENGINE": path})


class TestAMachineDraft:
    def test_is_made_once_and_labeled(self) -> None:
        text = opened_text()

        with _drawn_by("OneMark"):  # type: ignore[attr-defined]
            for _ in range(2):
                api.make_draft(submission_id=text.pk)

        draft = queries.text(text.pk, seen_by=text.writer_id, now=now()).draft
        assert draft is not None
        assert (draft.state, draft.source, len(draft.edits)) == ("ready", "machine", 1)
        assert Submission.objects.get().corrections_count == 0

    def test_is_unavailable_where_the_engine_fails(self) -> None:
        text = opened_text()

        with _drawn_by("Broken"):  # type: ignore[attr-defined]
            api.make_draft(submission_id=text.pk)

        kept = Submission.objects.get()
        assert (kept.draft_state, kept.state, kept.round) == ("unavailable", "open", 0)
        assert not Edit.objects.exists()

    def test_is_made_anew_for_another_text(self) -> None:
        text = opened_text()
        with _drawn_by("OneMark"):  # type: ignore[attr-defined]
            api.make_draft(submission_id=text.pk)
            api.rewrite(submission_id=text.pk, writer_id=text.writer_id, text="Me too.", now=now())
            pending = Submission.objects.get().draft_state
            api.make_draft(submission_id=text.pk)

        assert pending == "pending"
        assert Edit.objects.get().old == "M"

    def test_of_a_text_that_is_gone_is_none(self) -> None:
        api.make_draft(submission_id=new_id())

        assert not Edit.objects.exists()
