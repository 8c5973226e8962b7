"""What community gives out about a person, and what is left of one who is forgotten."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.apps import apps

from contexts.community import api, queries
from contexts.community.models import Correction, Edit, Notification, PointsEntry, Submission
from contexts.identity.events import ErasureDue
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.models import StoredEvent
from contexts.shared.messaging.publishing import publish
from tests.factories.community import (
    MemberFactory,
    NativeFactory,
    corrected,
    first_edit,
    opened_text,
)

pytestmark = pytest.mark.django_db


def _busy(person_id: UUID) -> UUID:
    """Somebody whose words stand wherever words can; gives a text that they corrected."""
    theirs = opened_text(person_id, text="Canary text.", language="es")
    answers = [{"index": 0, "corrected": "Canary texts."}]
    spanish = MemberFactory()
    edit = first_edit(corrected(theirs, spanish.pk, answers=answers, comment="Well."))
    api.dispute(edit_id=edit.pk, writer_id=person_id, reason="canary dispute", now=now())
    others = opened_text()
    reasoned = [
        {"index": 0, "edits": [{"start": 2, "end": 5, "old": "has", "new": "have",
                                "reason": "canary reason"}]},
        {"index": 1, "corrected": "He is canary."},
        {"index": 2, "perfect": True},
    ]  # fmt: skip
    correction_id = corrected(others, person_id, answers=reasoned, comment="canary comment")
    api.reply(
        reply_id=new_id(),
        edit_id=first_edit(correction_id).pk,
        author_id=person_id,
        text="canary reply",
        now=now(),
    )
    for kind, subject_id, reporter_id in (
        ("correction", correction_id, others.writer_id),
        ("submission", theirs.pk, spanish.pk),
        ("member", spanish.pk, person_id),
    ):
        api.report(
            report_id=new_id(),
            reporter_id=reporter_id,
            kind=kind,
            subject_id=subject_id,
            reason="other",
            comment="canary report" if reporter_id == person_id else "",
            now=now(),
        )
    return others.pk


def _everything() -> str:
    models = apps.get_models()
    return "\n".join(str(row) for model in models for row in model._default_manager.values())


class TestExport:
    def test_has_all_that_a_person_wrote(self) -> None:
        person = NativeFactory(display_name="Canary Name")
        _busy(person.pk)

        found = api.PEOPLE.export(person_id=person.pk)

        assert found["display_name"] == "Canary Name"
        assert [one["comment"] for one in found["corrections_received"]] == ["Well."]
        assert [one["new"] for one in found["edits_received"]] == ["texts"]
        assert [one["text"] for one in found["submissions"]] == ["Canary text."]
        assert [one["comment"] for one in found["corrections"]] == ["canary comment"]
        assert [one["text"] for one in found["replies"]] == ["canary reply"]
        assert [one["comment"] for one in found["reports"]] == ["canary report"]
        assert [one["dispute_reason"] for one in found["disputes"]] == ["canary dispute"]
        assert {one["reason"] for one in found["points"]} == {
            "sentences_corrected",
            "sentences_confirmed",
        }

    def test_is_nothing_of_a_stranger(self) -> None:
        assert api.PEOPLE.export(person_id=new_id()) == {}


class TestErasure:
    def test_leaves_no_word_of_the_person(self, deliver: Callable[[], int]) -> None:
        person = NativeFactory(display_name="Canary Name")
        corrected_text = _busy(person.pk)
        deliver()
        before = _everything().lower()

        due = ErasureDue(occurred_at=now(), user_id=person.pk)
        for_context("identity")(lambda: publish([due]))()
        deliver()

        assert before.count("canary") > 8
        assert "canary" not in _everything().lower()
        assert StoredEvent.objects.filter(name="community.person_erased.v1").count() == 1
        assert not Submission.objects.filter(writer_id=person.pk).exists()
        assert not PointsEntry.objects.filter(member_id=person.pk).exists()
        assert not Notification.objects.filter(recipient_id=person.pk).exists()
        text = Submission.objects.get(pk=corrected_text)
        [given] = queries.text(text.pk, seen_by=text.writer_id, now=now()).corrections
        assert given.corrector is None
        assert given.sentences[0].text == text.text[: text.sentences[0][1]]
        assert not Edit.objects.filter(correction=given.id).exists()

    def test_can_be_repeated_and_keeps_what_others_corrected(self) -> None:
        person, text = NativeFactory(), opened_text()
        corrected(text, person.pk)
        edit = first_edit(corrected(text))

        for _ in range(2):
            api.PEOPLE.erase_person(person_id=person.pk, now=now())
        api.accept(edit_id=edit.pk, writer_id=text.writer_id, now=now())

        assert sorted(map(bool, Correction.objects.values_list("corrector_id", flat=True))) == [
            False,
            True,
        ]
        assert Edit.objects.get(pk=edit.pk).state == "accepted"
