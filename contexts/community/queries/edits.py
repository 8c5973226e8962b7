"""Accepted edits, for contexts that learn from them."""

from dataclasses import dataclass
from uuid import UUID

from contexts.community.domain.edits import EditNotFound
from contexts.community.models import Edit
from contexts.shared.language import Category, apply
from contexts.shared.language import Edit as TextEdit


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedEdit:
    """An accepted edit; `corrected` is `sentence` with this one edit made."""

    edit_id: UUID
    submission_id: UUID
    writer_id: UUID
    language: str
    sentence: str
    corrected: str
    old: str
    new: str
    category: str
    reason: str


def accepted_edit(*, edit_id: UUID) -> AcceptedEdit:
    """Return an accepted edit. Raises EditNotFound, also for an edit in another state."""
    found = Edit.objects.select_related("submission").filter(pk=edit_id, state="accepted")
    row = found.first()
    if row is None:
        raise EditNotFound
    start, end = row.submission.sentences[row.sentence]
    sentence = row.submission.text[start:end]
    edit = TextEdit(row.start, row.end, row.old, row.new, Category(row.category))
    return AcceptedEdit(
        edit_id=row.pk,
        submission_id=row.submission_id,
        writer_id=row.submission.writer_id,
        language=row.submission.language,
        sentence=sentence,
        corrected=apply(sentence, [edit]),
        old=row.old,
        new=row.new,
        category=row.category,
        reason=row.reason,
    )
