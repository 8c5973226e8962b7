"""Machine drafts on their rows, and the engine that the settings name."""

from functools import cache
from typing import cast
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from contexts.community import models as rows
from contexts.community.application.ports import DraftEngine, Written
from contexts.community.domain.drafts import Draft
from contexts.community.domain.texts import text_hash
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.kernel import new_id
from contexts.shared.language import Edit


class OrmDrafts:
    def written(self, submission_id: UUID) -> Written | None:
        row = rows.Submission.objects.filter(pk=submission_id, draft_state="pending").first()
        if row is None:
            return None
        writer = rows.Member.objects.filter(pk=row.writer_id).first()
        return Written(
            submission_id=row.pk,
            language=row.language,
            writers_languages=tuple(writer.native_languages) if writer else (),
            sentences=tuple(row.text[start:end] for start, end in row.sentences),
            text_hash=row.text_hash,
        )

    def keep(self, written: Written, draft: Draft | None) -> None:
        row = rows.Submission.objects.select_for_update().filter(pk=written.submission_id).first()
        if row is None or row.text_hash != written.text_hash:
            return
        rows.Edit.objects.filter(submission=row, source="machine").delete()
        row.draft_state, row.draft_notes = "unavailable", []
        if draft is not None:
            row.draft_state, row.draft_notes = "ready", _notes(draft)
            insert(_edits(written, draft), using=alias_of("community"))
        row.save(update_fields=["draft_state", "draft_notes"])


def _notes(draft: Draft) -> list[dict[str, object]]:
    return [
        {"code": note.code, "detail": note.detail, "sentence": note.sentence}
        for note in draft.notes
    ]


def _edits(written: Written, draft: Draft) -> list[rows.Edit]:
    return [
        _edit(written, index, edit) for index, edits in enumerate(draft.edits) for edit in edits
    ]


def _edit(written: Written, index: int, edit: Edit) -> rows.Edit:
    return rows.Edit(
        id=new_id(),
        submission_id=written.submission_id,
        source="machine",
        sentence=index,
        start=edit.start,
        end=edit.end,
        old=edit.old,
        new=edit.new,
        category=edit.category.value,
        sentence_hash=text_hash(written.sentences[index]),
    )


def configured_engine() -> DraftEngine:
    """Return the engine that `COMMUNITY["DRAFT_ENGINE"]` names."""
    return _engine(settings.COMMUNITY["DRAFT_ENGINE"])


@cache
def _engine(path: str) -> DraftEngine:
    return cast(DraftEngine, import_string(path)())
