"""Decisions of a writer about a corrector's edits, and replies about them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.community.application.limits import refuse_beyond
from contexts.community.application.ports import CorrectionRepository, Limits, Standings
from contexts.community.domain.edits import EditNotFound, ReviewedEdit
from contexts.community.domain.reputation import Earned, PointsReason
from contexts.community.domain.texts import checked_remark, checked_text
from contexts.shared.language import primary

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Edits:
    corrections: CorrectionRepository
    standings: Standings
    limits: Limits

    def accept(self, *, edit_id: UUID, writer_id: UUID, now: datetime) -> None:
        """Accept an edit. Does nothing if accepted. Raises EditNotFound, AlreadyDecided."""
        edit = self._to_decide(edit_id, writer_id)
        if edit.accept(now=now):
            self.corrections.save_edit(edit)
            self._judge(edit, accepted=True)
            self._pay(edit, now)

    def dispute(self, *, edit_id: UUID, writer_id: UUID, reason: str, now: datetime) -> None:
        """Dispute an edit. Does nothing if disputed.

        Raises EditNotFound, AlreadyDecided, ContactDetails.
        """
        edit = self._to_decide(edit_id, writer_id)
        if edit.dispute(reason=reason, now=now):
            self.corrections.save_edit(edit)
            self._judge(edit, accepted=False)

    def reply(
        self, *, reply_id: UUID, edit_id: UUID, author_id: UUID, text: str, now: datetime
    ) -> UUID:
        """Reply about an edit, as its writer or corrector.

        Raises EditNotFound, TextEmpty, ContactDetails, DailyLimit.
        """
        self.limits.one_at_a_time(author_id)
        edit = self.corrections.get_edit(edit_id, seen_by=author_id)
        edit.reply(reply_id=reply_id, author_id=author_id, now=now)
        made = self.corrections.replies_since(author_id, now - _DAY)
        refuse_beyond(self.limits.replies, made=made)
        remark = checked_remark(checked_text(text))
        self.corrections.add_reply(edit, reply_id=reply_id, text=remark)
        return reply_id

    def _to_decide(self, edit_id: UUID, writer_id: UUID) -> ReviewedEdit:
        edit = self.corrections.get_edit(edit_id, seen_by=writer_id)
        if edit.writer_id != writer_id:
            raise EditNotFound
        return edit

    def _judge(self, edit: ReviewedEdit, *, accepted: bool) -> None:
        if edit.corrector_id is not None:
            self.standings.judged(
                edit.corrector_id, language=primary(edit.language), accepted=accepted
            )

    def _pay(self, edit: ReviewedEdit, now: datetime) -> None:
        if edit.corrector_id is None:
            return
        earned = Earned(
            member_id=edit.corrector_id,
            reason=PointsReason.EDIT_ACCEPTED,
            cause_id=edit.id,
            quantity=1,
            language=edit.language,
        )
        self.standings.give([earned], now=now)
