"""Corrections are made, and taken over or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.community.application.ports import Corrections, Limits, Standings, Submissions
from contexts.community.domain.corrections import Answer, Correction, Reading
from contexts.community.domain.reviewing import EditNotFound, ReviewedEdit
from contexts.community.domain.standing import Earned, Reason, earned_by_correcting
from contexts.community.domain.texts import DailyLimit, checked_remark, checked_text
from contexts.shared.kernel import new_id
from contexts.shared.language import primary

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Correcting:
    submissions: Submissions
    corrections: Corrections
    standings: Standings
    limits: Limits
    new_id: Callable[[], UUID] = new_id

    def correct(
        self,
        *,
        correction_id: UUID,
        submission_id: UUID,
        corrector_id: UUID,
        answers: Sequence[Answer],
        comment: str,
        now: datetime,
    ) -> UUID:
        """Answer every sentence of a text whose turn one has.

        Raises SubmissionNotFound, OwnText, AlreadyCorrected, NotTaken, Taken, SentencesDiffer,
        PerfectWithEdits, NothingChanged, EditsRefused, ContactDetails, DailyLimit.
        """
        text = self.submissions.get(submission_id)
        text.corrected(self.submissions.corrector(corrector_id, text), now=now)
        self._within(self.corrections.made_since(corrector_id, now - _DAY), self.limits.corrections)
        verdicts, edits = Reading(text.sentences, text.language, self.new_id).verdicts(answers)
        correction = Correction(
            id=correction_id,
            submission_id=text.id,
            writer_id=text.writer_id,
            corrector_id=corrector_id,
            language=text.language,
            comment=checked_remark(comment),
            verdicts=verdicts,
            edits=edits,
            created_at=now,
        )
        self.corrections.add(correction.made())
        self.submissions.save(text)
        self._reward(correction, now)
        return correction_id

    def _reward(self, correction: Correction, now: datetime) -> None:
        earned = earned_by_correcting(
            corrector_id=correction.corrector_id,
            correction_id=correction.id,
            verdicts=correction.verdicts,
            language=correction.language,
        )
        self.standings.give(earned, now=now)

    def accept(self, *, edit_id: UUID, writer_id: UUID, now: datetime) -> None:
        """Take an edit over; a second time changes nothing. Raises EditNotFound, AlreadyDecided."""
        edit = self._to_decide(edit_id, writer_id)
        if edit.accept(now=now):
            self.corrections.save_edit(edit)
            self._judge(edit, accepted=True)
            self._pay(edit, now)

    def dispute(self, *, edit_id: UUID, writer_id: UUID, reason: str, now: datetime) -> None:
        """Disagree with an edit; a second time changes nothing.

        Raises EditNotFound, AlreadyDecided, ContactDetails.
        """
        edit = self._to_decide(edit_id, writer_id)
        if edit.dispute(reason=reason, now=now):
            self.corrections.save_edit(edit)
            self._judge(edit, accepted=False)

    def reply(
        self, *, reply_id: UUID, edit_id: UUID, author_id: UUID, text: str, now: datetime
    ) -> UUID:
        """Talk about an edit, as its writer or corrector.

        Raises EditNotFound, TextEmpty, ContactDetails, DailyLimit.
        """
        self.limits.one_at_a_time(author_id)
        edit = self.corrections.get_edit(edit_id, seen_by=author_id)
        edit.reply(reply_id=reply_id, author_id=author_id, now=now)
        self._within(self.corrections.replies_since(author_id, now - _DAY), self.limits.replies)
        told = checked_remark(checked_text(text))
        self.corrections.add_reply(edit, reply_id=reply_id, text=told)
        return reply_id

    def thank(self, *, correction_id: UUID, writer_id: UUID, now: datetime) -> None:
        """Thank for a correction; a second time changes nothing. Raises CorrectionNotFound."""
        correction = self.corrections.thank(correction_id, writer_id=writer_id, now=now)
        if correction is not None:
            earned = Earned(
                member_id=correction.corrector_id,
                reason=Reason.THANKED,
                cause_id=correction.id,
                quantity=1,
                language=correction.language,
            )
            self.standings.give([earned], now=now)

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
            reason=Reason.EDIT_ACCEPTED,
            cause_id=edit.id,
            quantity=1,
            language=edit.language,
        )
        self.standings.give([earned], now=now)

    def _within(self, done: int, limit: int) -> None:
        if done >= limit:
            raise DailyLimit(limit=limit)
