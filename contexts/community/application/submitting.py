"""Texts come in, change and go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.community.application.ports import Limits, Submissions
from contexts.community.domain.submissions import (
    DRAFT_KEPT,
    ESCALATED_AFTER,
    Submission,
    SubmissionIdReused,
    SubmissionNotFound,
)
from contexts.community.domain.texts import DailyLimit, checked_remark, checked_text
from contexts.shared.kernel import LanguageTag


@dataclass(frozen=True)
class Submitting:
    submissions: Submissions
    limits: Limits

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
        """Reserve a text under the caller's id; it goes after a day unless somebody opens it.

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
        """Offer a reserved text; nothing happens for one that is open, or gone."""
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
        question: str,
        now: datetime,
    ) -> UUID:
        """Offer a text.

        Raises TextEmpty, TextTooLong, ContactDetails, DailyLimit, UnknownLanguage.
        """
        self.limits.one_at_a_time(writer_id)
        submission = Submission(
            id=submission_id,
            writer_id=writer_id,
            language=LanguageTag.parse(language),
            text=checked_text(text),
            question=checked_remark(question),
            created_at=now,
        )
        self._within_limit(writer_id, now)
        submission.open(now=now)
        self.submissions.add(submission)
        return submission_id

    def rewrite(self, *, submission_id: UUID, writer_id: UUID, text: str, now: datetime) -> None:
        """Raises SubmissionNotFound, TextLocked, TextEmpty, TextTooLong."""
        mine = self._mine(submission_id, writer_id)
        mine.rewrite(text, now=now)
        self.submissions.save(mine)

    def withdraw(self, *, submission_id: UUID, writer_id: UUID) -> None:
        """A second time changes nothing. Raises SubmissionNotFound."""
        mine = self._mine(submission_id, writer_id)
        mine.withdraw()
        self.submissions.save(mine)

    def sweep(self, *, now: datetime) -> None:
        """Bring long waiting texts up, and forget drafts that nobody opened and ended leases."""
        self.submissions.escalate(opened_before=now - ESCALATED_AFTER, now=now)
        self.submissions.forget_drafts(now=now)
        self.submissions.end_leases(now=now)

    def _mine(self, submission_id: UUID, writer_id: UUID) -> Submission:
        found = self.submissions.get(submission_id)
        if found.writer_id != writer_id:
            raise SubmissionNotFound
        return found

    def _within_limit(self, writer_id: UUID, now: datetime) -> None:
        limit = self.limits.submissions
        if self.submissions.written_since(writer_id, now - timedelta(days=1)) >= limit:
            raise DailyLimit(limit=limit)


def _same(known: Submission, writer_id: UUID) -> UUID:
    if known.writer_id != writer_id:
        raise SubmissionIdReused
    return known.id
