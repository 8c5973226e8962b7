"""Submitting, changing and withdrawing texts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.community.application.limits import refuse_beyond
from contexts.community.application.ports import Levels, Limits, SubmissionRepository
from contexts.community.domain.submissions import (
    DRAFT_KEPT,
    ESCALATED_AFTER,
    Submission,
    SubmissionIdReused,
    SubmissionNotFound,
)
from contexts.community.domain.texts import checked_remark, checked_text
from contexts.shared.kernel import LanguageTag


@dataclass(frozen=True)
class Submissions:
    submissions: SubmissionRepository
    limits: Limits
    levels: Levels

    def keep_draft(
        self,
        *,
        submission_id: UUID,
        writer_id: UUID,
        text: str,
        language: str,
        level: str,
        prompt: str,
        now: datetime,
    ) -> UUID:
        """Reserve a text under the caller's id. It expires after a day unless opened.

        Raises TextEmpty, TextTooLong, DailyLimit, UnknownLanguage, SubmissionIdReused.
        """
        self.limits.one_at_a_time(writer_id)
        known = self.submissions.find(submission_id)
        if known is not None:
            return _same(known, writer_id)
        draft = Submission(
            id=submission_id,
            writer_id=writer_id,
            language=LanguageTag.parse(language),
            text=checked_text(text),
            created_at=now,
            source="course",
            level=level,
            prompt=prompt,
            expires_at=now + DRAFT_KEPT,
        )
        self._within_limit(writer_id, now)
        self.submissions.add(draft)
        return submission_id

    def open_draft(self, *, submission_id: UUID, now: datetime) -> None:
        """Offer a reserved text for correction. Does nothing if it is open or expired."""
        draft = self.submissions.find(submission_id)
        if draft is not None:
            draft.open(now=now)
            self.submissions.save(draft)

    def submit(
        self,
        *,
        submission_id: UUID,
        writer_id: UUID,
        text: str,
        language: str,
        level: str | None = None,
        question: str,
        now: datetime,
    ) -> UUID:
        """Submit a text for correction. Its level is the writer's own, unless named.

        Raises TextEmpty, TextTooLong, ContactDetails, DailyLimit, UnknownLanguage.
        """
        self.limits.one_at_a_time(writer_id)
        tag = LanguageTag.parse(language)
        submission = Submission(
            id=submission_id,
            writer_id=writer_id,
            language=tag,
            level=level or self.levels.level_of(writer_id, language=tag),
            text=checked_text(text),
            question=checked_remark(question),
            created_at=now,
        )
        self._within_limit(writer_id, now)
        submission.open(now=now)
        self.submissions.add(submission)
        return submission_id

    def rewrite(self, *, submission_id: UUID, writer_id: UUID, text: str, now: datetime) -> None:
        """Replace a text. Raises SubmissionNotFound, TextLocked, TextEmpty, TextTooLong."""
        mine = self._mine(submission_id, writer_id)
        mine.rewrite(text, now=now)
        self.submissions.save(mine)

    def withdraw(self, *, submission_id: UUID, writer_id: UUID) -> None:
        """Withdraw a text. Does nothing if withdrawn. Raises SubmissionNotFound."""
        mine = self._mine(submission_id, writer_id)
        mine.withdraw()
        self.submissions.save(mine)

    def sweep(self, *, now: datetime) -> None:
        """Raise texts that wait long; delete expired drafts and leases."""
        self.submissions.escalate(opened_before=now - ESCALATED_AFTER, now=now)
        self.submissions.forget_drafts(now=now)
        self.submissions.end_leases(now=now)

    def _mine(self, submission_id: UUID, writer_id: UUID) -> Submission:
        found = self.submissions.get(submission_id)
        if found.writer_id != writer_id:
            raise SubmissionNotFound
        return found

    def _within_limit(self, writer_id: UUID, now: datetime) -> None:
        made = self.submissions.written_since(writer_id, now - timedelta(days=1))
        refuse_beyond(self.limits.submissions, made=made)


def _same(known: Submission, writer_id: UUID) -> UUID:
    if known.writer_id != writer_id:
        raise SubmissionIdReused
    return known.id
