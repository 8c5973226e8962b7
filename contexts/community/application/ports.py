"""What the use cases need of the world, in our own words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.community.domain.corrections import Correction
from contexts.community.domain.drafts import Draft
from contexts.community.domain.reviewing import ReviewedEdit
from contexts.community.domain.standing import Earned
from contexts.community.domain.submissions import Corrector, Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a draft is made of: the sentences of a text, and the text's hash."""

    submission_id: UUID
    language: str
    writers_languages: tuple[str, ...]
    sentences: tuple[str, ...]
    text_hash: str


class Limits(Protocol):
    """How often a member may do what, in a day."""

    def one_at_a_time(self, member_id: UUID) -> None:
        """Wait for the member's other commands, so that what is counted from here on is exact."""
        ...

    @property
    def submissions(self) -> int: ...

    @property
    def corrections(self) -> int: ...

    @property
    def replies(self) -> int: ...


class Submissions(Protocol):
    def find(self, submission_id: UUID) -> Submission | None:
        """Locked until the transaction ends."""
        ...

    def get(self, submission_id: UUID) -> Submission:
        """The same. Raises SubmissionNotFound."""
        ...

    def get_free(self, submission_id: UUID) -> Submission | None:
        """The same, None at once where another transaction holds it."""
        ...

    def add(self, submission: Submission) -> None:
        """Nothing happens where its id is taken."""
        ...

    def save(self, submission: Submission) -> None: ...

    def written_since(self, writer_id: UUID, since: datetime) -> int: ...

    def corrector(self, member_id: UUID, submission: Submission) -> Corrector: ...

    def held_by(self, member_id: UUID, *, now: datetime) -> UUID | None:
        """The text whose turn a member has."""
        ...

    def offered_to(
        self, member_id: UUID, *, long_waiting: bool, but: Collection[UUID], now: datetime
    ) -> Sequence[UUID]:
        """Some texts that a member may correct and nobody corrects, best first."""
        ...

    def escalate(self, *, opened_before: datetime, now: datetime) -> int: ...

    def forget_drafts(self, *, now: datetime) -> int: ...

    def end_leases(self, *, now: datetime) -> int: ...


class Drafts(Protocol):
    def written(self, submission_id: UUID) -> Written | None:
        """None for a text that waits for no draft."""
        ...

    def keep(self, written: Written, draft: Draft | None) -> None:
        """Store a draft, or that there is none, unless the text has changed meanwhile."""
        ...


class DraftEngine(Protocol):
    """What marks mistakes at once. Any exception means that it could not."""

    def draft(self, written: Written) -> Draft: ...


class Corrections(Protocol):
    def add(self, correction: Correction) -> None: ...

    def made_since(self, corrector_id: UUID, since: datetime) -> int: ...

    def get_edit(self, edit_id: UUID, *, seen_by: UUID) -> ReviewedEdit:
        """Locked until the transaction ends.

        Raises EditNotFound for the machine's, and where its writer and `seen_by` are apart.
        """
        ...

    def save_edit(self, edit: ReviewedEdit) -> None: ...

    def add_reply(self, edit: ReviewedEdit, *, reply_id: UUID, text: str) -> None:
        """As the event that the edit recorded says."""
        ...

    def replies_since(self, author_id: UUID, since: datetime) -> int: ...

    def thank(self, correction_id: UUID, *, writer_id: UUID, now: datetime) -> Correction | None:
        """None when it was thanked for before. Raises CorrectionNotFound."""
        ...


class Standings(Protocol):
    def give(self, earned: Iterable[Earned], *, now: datetime) -> None:
        """Write what was earned, each thing of which is earned once, and tell."""
        ...

    def judged(self, member_id: UUID, *, language: str, accepted: bool) -> None:
        """Count a writer's decision for or against a corrector."""
        ...
