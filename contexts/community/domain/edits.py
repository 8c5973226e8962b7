"""A corrector's edit in the hands of the writer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.community.domain.texts import checked_remark
from contexts.community.events import EditAccepted, EditDisputed, EditReplied
from contexts.shared.kernel import Aggregate, Conflict, NotFound

NOBODY = UUID(int=0)
"""Stands in events for a corrector who is forgotten."""


class EditNotFound(NotFound):
    code = "edit_not_found"
    message = "Not found."


class AlreadyDecided(Conflict):
    code = "already_decided"
    message = "You have already decided on this edit."


class EditState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"


@dataclass(kw_only=True, eq=False)
class ReviewedEdit(Aggregate):
    """A corrector's edit in the hands of the writer; `corrector_id` None is forgotten."""

    id: UUID
    submission_id: UUID
    correction_id: UUID
    writer_id: UUID
    corrector_id: UUID | None
    language: str
    category: str
    state: EditState
    dispute_reason: str = ""
    decided_at: datetime | None = None

    def accept(self, *, now: datetime) -> bool:
        """Take it over; False when it was before. Raises AlreadyDecided once disputed."""
        if not self._decide(EditState.ACCEPTED, now):
            return False
        self.record(
            EditAccepted(
                occurred_at=now,
                edit_id=self.id,
                submission_id=self.submission_id,
                correction_id=self.correction_id,
                member_id=self.writer_id,
                corrector_id=self.corrector_id or NOBODY,
                language=self.language,
                category=self.category,
            )
        )
        return True

    def dispute(self, *, reason: str, now: datetime) -> bool:
        """Disagree; False when they did before. Raises AlreadyDecided, ContactDetails."""
        told = checked_remark(reason)
        if not self._decide(EditState.DISPUTED, now):
            return False
        self.dispute_reason = told
        self.record(
            EditDisputed(
                occurred_at=now,
                edit_id=self.id,
                submission_id=self.submission_id,
                correction_id=self.correction_id,
                member_id=self.writer_id,
                corrector_id=self.corrector_id or NOBODY,
            )
        )
        return True

    def _decide(self, decision: EditState, now: datetime) -> bool:
        if self.state is decision:
            return False
        if self.state is not EditState.OPEN:
            raise AlreadyDecided
        self.state, self.decided_at = decision, now
        return True

    def reply(self, *, reply_id: UUID, author_id: UUID, now: datetime) -> None:
        """Say something about it, as its writer or its corrector. Raises EditNotFound."""
        others = {self.writer_id: self.corrector_id, self.corrector_id: self.writer_id}
        if author_id not in others:
            raise EditNotFound
        self.record(
            EditReplied(
                occurred_at=now,
                reply_id=reply_id,
                edit_id=self.id,
                submission_id=self.submission_id,
                member_id=author_id,
                told_id=others[author_id] or NOBODY,
            )
        )
