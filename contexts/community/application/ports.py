"""Ports of the use cases."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.community.domain.corrections import Correction
from contexts.community.domain.drafts import Draft
from contexts.community.domain.edits import ReviewedEdit
from contexts.community.domain.reputation import Earned
from contexts.community.domain.submissions import Corrector, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text for the draft engine: its sentences, and the hash of the whole."""

    submission_id: UUID
    language: str
    writers_languages: tuple[str, ...]
    sentences: tuple[str, ...]
    text_hash: str


class Limits(Protocol):
    """Limits of a member per day."""

    def one_at_a_time(self, member_id: UUID) -> None:
        """Wait for the member's other commands, so that later counts are exact."""
        ...

    @property
    def submissions(self) -> int: ...

    @property
    def corrections(self) -> int: ...

    @property
    def replies(self) -> int: ...


class Levels(Protocol):
    def level_of(self, member_id: UUID, *, language: str) -> str:
        """Return a member's CEFR level in a language, as their profile says it now."""
        ...


class SubmissionRepository(Protocol):
    def find(self, submission_id: UUID) -> Submission | None:
        """Return the text, locked until the transaction ends."""
        ...

    def get(self, submission_id: UUID) -> Submission:
        """Return the text, locked. Raises SubmissionNotFound."""
        ...

    def get_free(self, submission_id: UUID) -> Submission | None:
        """Return the text, locked, or None at once if another transaction holds it."""
        ...

    def add(self, submission: Submission) -> None:
        """Insert the text. Does nothing if its id exists."""
        ...

    def save(self, submission: Submission) -> None: ...

    def written_since(self, writer_id: UUID, since: datetime) -> int: ...

    def corrector(self, member_id: UUID, submission: Submission) -> Corrector: ...

    def held_by(self, member_id: UUID, *, now: datetime) -> UUID | None:
        """Return the text whose turn a member holds."""
        ...

    def offered_to(
        self, member_id: UUID, *, long_waiting: bool, but: Collection[UUID], now: datetime
    ) -> Sequence[UUID]:
        """Return some texts that a member may correct and nobody holds, best first."""
        ...

    def escalate(self, *, opened_before: datetime, now: datetime) -> int: ...

    def forget_drafts(self, *, now: datetime) -> int: ...

    def end_leases(self, *, now: datetime) -> int: ...


class DraftRepository(Protocol):
    def written(self, submission_id: UUID) -> Written | None:
        """Return the text, None if it waits for no draft."""
        ...

    def keep(self, written: Written, draft: Draft | None) -> None:
        """Store a draft, or its absence. Does nothing if the text has changed."""
        ...


class DraftEngine(Protocol):
    """An engine that marks mistakes. Any exception means that it could not."""

    def draft(self, written: Written) -> Draft: ...


class CorrectionRepository(Protocol):
    def add(self, correction: Correction) -> None: ...

    def made_since(self, corrector_id: UUID, since: datetime) -> int: ...

    def get_edit(self, edit_id: UUID, *, seen_by: UUID) -> ReviewedEdit:
        """Locked until the transaction ends.

        Raises EditNotFound, also for a machine's edit and if a block separates the two.
        """
        ...

    def save_edit(self, edit: ReviewedEdit) -> None: ...

    def add_reply(self, edit: ReviewedEdit, *, reply_id: UUID, text: str) -> None:
        """Store a reply; the edit has recorded its event."""
        ...

    def replies_since(self, author_id: UUID, since: datetime) -> int: ...

    def thank(self, correction_id: UUID, *, writer_id: UUID, now: datetime) -> Correction | None:
        """Return None if it was thanked for before. Raises CorrectionNotFound."""
        ...


class Standings(Protocol):
    def give(self, earned: Iterable[Earned], *, now: datetime) -> None:
        """Write the points, each line once, and publish them."""
        ...

    def judged(self, member_id: UUID, *, language: str, accepted: bool) -> None:
        """Count a writer's decision for or against a corrector."""
        ...
