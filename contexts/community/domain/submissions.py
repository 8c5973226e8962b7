"""A text on its way to corrections: kept, opened, taken, corrected, withdrawn."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from contexts.community.domain.texts import checked_text
from contexts.community.events import SubmissionOpened, SubmissionRewritten
from contexts.shared.kernel import Aggregate, Conflict, Forbidden, NotFound
from contexts.shared.language import primary, sentences

LEASE = timedelta(minutes=10)
DRAFT_KEPT = timedelta(hours=24)
WANTED_CORRECTIONS = 2
# A text that waited so long goes to the top of the feed once more, and has each third turn.
ESCALATED_AFTER = timedelta(hours=12)
TURNS = 3


class SubmissionNotFound(NotFound):
    code = "submission_not_found"
    message = "Not found."


class SubmissionIdReused(Conflict):
    code = "submission_id_reused"
    message = "This id belongs to another text. Send a new id."


class OwnText(Forbidden):
    code = "own_text"
    message = "You cannot correct your own text."


class AlreadyCorrected(Conflict):
    code = "already_corrected"
    message = "You have already corrected this text."


class Taken(Conflict):
    code = "taken"
    message = "Someone is correcting this text right now. Choose another text."


class NotTaken(Conflict):
    code = "not_taken"
    message = "Take the text before you correct it. It is then yours for ten minutes."


class NotOffered(Conflict):
    code = "not_offered"
    message = "This text needs no more corrections. Choose another text."


class NothingToCorrect(NotFound):
    code = "nothing_to_correct"
    message = "No text is waiting for you right now. Try again later."


class TextLocked(Conflict):
    code = "text_locked"
    message = "A text cannot change once someone has begun to correct it."


class SubmissionState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Lease:
    """A member's turn at a text."""

    member_id: UUID
    taken_at: datetime
    expires_at: datetime

    def runs(self, now: datetime) -> bool:
        return now < self.expires_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrector:
    """A possible corrector; `natives` are the primary subtags of their native languages.

    `apart`: a block separates writer and corrector.
    """

    member_id: UUID
    natives: frozenset[str]
    apart: bool
    corrected: bool


@dataclass(kw_only=True, eq=False)
class Submission(Aggregate):
    """A member's text; `spans` are its sentences, in code points. `moderation` is empty, hidden

    or removed.
    """

    id: UUID
    writer_id: UUID
    language: str
    text: str
    created_at: datetime
    spans: tuple[tuple[int, int], ...] = ()
    source: str = "free"
    level: str = ""
    prompt: str = ""
    question: str = ""
    state: SubmissionState = SubmissionState.DRAFT
    moderation: str = ""
    corrections_count: int = 0
    opened_at: datetime | None = None
    ranked_at: datetime | None = None
    escalated_at: datetime | None = None
    expires_at: datetime | None = None
    lease: Lease | None = None
    draft_state: str = ""

    @property
    def primary_language(self) -> str:
        return primary(self.language)

    def __post_init__(self) -> None:
        if not self.spans:
            self._split()

    def _split(self) -> None:
        found = sentences(self.text, self.language)
        self.spans = tuple((span.start, span.end) for span in found)

    @property
    def sentences(self) -> tuple[str, ...]:
        return tuple(self.text[start:end] for start, end in self.spans)

    @property
    def is_public(self) -> bool:
        return self.state is SubmissionState.OPEN and not self.moderation

    @property
    def round(self) -> int | None:
        """The number of corrections while the text waits for one more, else None."""
        wanted = self.is_public and self.corrections_count < WANTED_CORRECTIONS
        return self.corrections_count if wanted else None

    def open(self, *, now: datetime) -> None:
        """Offer the text; a second time, or after it was withdrawn, changes nothing."""
        if self.state is not SubmissionState.DRAFT:
            return
        self.state, self.expires_at = SubmissionState.OPEN, None
        self.opened_at = self.ranked_at = now
        self.draft_state = "pending"
        self.record(
            SubmissionOpened(
                occurred_at=now,
                submission_id=self.id,
                member_id=self.writer_id,
                language=self.language,
            )
        )

    def rewrite(self, text: str, *, now: datetime) -> None:
        """Put another text in its place. Raises TextLocked, TextEmpty, TextTooLong."""
        leased = self.lease is not None and self.lease.runs(now)
        if self.corrections_count or leased or self.state is SubmissionState.WITHDRAWN:
            raise TextLocked
        self.text = checked_text(text)
        self._split()
        self.draft_state = "pending"
        self.record(
            SubmissionRewritten(occurred_at=now, submission_id=self.id, member_id=self.writer_id)
        )

    def withdraw(self) -> None:
        """Take the text back: from now on it is its writer's alone."""
        self.state, self.expires_at, self.lease = SubmissionState.WITHDRAWN, None, None

    def moderate(self, moderation: str) -> None:
        """Set the moderation: hidden or removed for all but the writer, empty for visible."""
        self.moderation = moderation
        if moderation:
            self.lease = None

    def take(self, corrector: Corrector, *, now: datetime) -> None:
        """Give a corrector their turn, or more of it.

        Raises SubmissionNotFound for whom it is not offered to, OwnText, AlreadyCorrected,
        NotOffered, Taken.
        """
        self._admit(corrector)
        if self.round is None:
            raise NotOffered
        held = self.lease if self.lease and self.lease.runs(now) else None
        if held is None:
            self.lease = Lease(corrector.member_id, now, now + LEASE)
        elif held.member_id == corrector.member_id:
            self.lease = replace(held, expires_at=now + LEASE)
        else:
            raise Taken

    def release(self, corrector: Corrector) -> None:
        """End a member's turn. Does nothing if another member holds it.

        Raises SubmissionNotFound, OwnText.
        """
        if self.lease and self.lease.member_id == corrector.member_id:
            self.lease = None
        else:
            self._show(corrector)

    def corrected(self, corrector: Corrector, *, now: datetime) -> None:
        """Count a correction by whose turn it is, and end the turn. As `take`, and NotTaken."""
        self._admit(corrector)
        if self.lease is None or not self.lease.runs(now):
            raise NotTaken
        if self.lease.member_id != corrector.member_id:
            raise Taken
        self.corrections_count += 1
        self.lease = None

    def _admit(self, corrector: Corrector) -> None:
        self._show(corrector)
        if corrector.corrected:
            raise AlreadyCorrected

    def _show(self, corrector: Corrector) -> None:
        if corrector.member_id == self.writer_id:
            raise OwnText
        native = self.primary_language in corrector.natives
        if not self.is_public or corrector.apart or not native:
            raise SubmissionNotFound
