"""Community, asked through its door: a place for a text, and what a correction was."""

from datetime import datetime
from uuid import UUID

from contexts.community import api as community
from contexts.courses.domain.cards import Card


class CommunityDrafts:
    def keep(
        self,
        *,
        submission_id: UUID,
        writer_id: UUID,
        text: str,
        language: str,
        level: str,
        prompt: str,
        now: datetime,
    ) -> None:
        community.keep_draft(
            submission_id=submission_id,
            writer_id=writer_id,
            text=text,
            language=language,
            level=level,
            prompt=prompt,
            now=now,
        )


def corrected_sentence(edit_id: UUID) -> Card:
    """The correction as it is to be remembered. Raises NoCard."""
    edit = community.accepted_edit(edit_id=edit_id)
    return Card(
        edit_id=edit.edit_id,
        sentence=edit.sentence,
        corrected=edit.corrected,
        language=edit.language,
        category=edit.category,
    )
