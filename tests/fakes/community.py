"""Community's ports on rows in memory, and its use cases on these ports."""

from collections.abc import Callable, Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from contexts.community.application.corrections import Corrections
from contexts.community.application.drafts import Drafts
from contexts.community.application.edits import Edits
from contexts.community.application.ports import Written
from contexts.community.application.submissions import Submissions
from contexts.community.application.turns import Turns
from contexts.community.domain.corrections import Correction, CorrectionNotFound
from contexts.community.domain.drafts import Draft
from contexts.community.domain.edits import EditNotFound, EditState, ReviewedEdit
from contexts.community.domain.reputation import Earned
from contexts.community.domain.submissions import Corrector, Submission, SubmissionNotFound
from contexts.shared.kernel import Event
from contexts.shared.language import primary

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WRITER, CORRECTOR, OTHER = (UUID(int=n) for n in (1, 2, 3))
TEXT = UUID(int=10)
NATIVES = frozenset({"en"})


def text(**changes: Any) -> Submission:
    """Return an open English text of two sentences, without events."""
    facts: dict[str, Any] = {
        "id": TEXT,
        "writer_id": WRITER,
        "language": "en",
        "text": "I has a cat. It is black.",
        "created_at": NOW,
    }
    found = Submission(**{**facts, **changes})
    found.open(now=NOW)
    found.collect_events()
    return found


@dataclass
class FakeLimits:
    """Limits per day; `waited` lists the members whose other commands were waited for."""

    submissions: int = 3
    corrections: int = 3
    replies: int = 3
    waited: list[UUID] = field(default_factory=list)

    def one_at_a_time(self, member_id: UUID) -> None:
        self.waited.append(member_id)


@dataclass
class FakeLevels:
    """One level for all members."""

    level: str = "B1"

    def level_of(self, member_id: UUID, *, language: str) -> str:
        return self.level


@dataclass
class FakeSubmissions:
    """Texts by id. `locked` are those that another transaction holds."""

    rows: dict[UUID, Submission] = field(default_factory=dict)
    natives: dict[UUID, frozenset[str]] = field(default_factory=dict)
    corrected: set[tuple[UUID, UUID]] = field(default_factory=set)
    apart: set[UUID] = field(default_factory=set)
    locked: set[UUID] = field(default_factory=set)
    written: int = 0
    swept: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def find(self, submission_id: UUID) -> Submission | None:
        return deepcopy(self.rows.get(submission_id))

    def get(self, submission_id: UUID) -> Submission:
        found = self.find(submission_id)
        if found is None:
            raise SubmissionNotFound
        return found

    def get_free(self, submission_id: UUID) -> Submission | None:
        return None if submission_id in self.locked else self.find(submission_id)

    def add(self, submission: Submission) -> None:
        if submission.id not in self.rows:
            self.save(submission)

    def save(self, submission: Submission) -> None:
        self.events += submission.collect_events()
        self.rows[submission.id] = deepcopy(submission)

    def written_since(self, writer_id: UUID, since: datetime) -> int:
        return self.written

    def corrector(self, member_id: UUID, submission: Submission) -> Corrector:
        return Corrector(
            member_id=member_id,
            natives=self.natives.get(member_id, NATIVES),
            apart=member_id in self.apart,
            corrected=(member_id, submission.id) in self.corrected,
        )

    def held_by(self, member_id: UUID, *, now: datetime) -> UUID | None:
        for row in self.rows.values():
            if row.lease and row.lease.member_id == member_id and row.lease.expires_at > now:
                return row.id
        return None

    def offered_to(
        self, member_id: UUID, *, long_waiting: bool, but: Collection[UUID], now: datetime
    ) -> Sequence[UUID]:
        waiting = [row for row in self.rows.values() if row.round == 0 and row.id not in but]
        ordered = sorted(waiting, key=lambda row: row.created_at, reverse=not long_waiting)
        return [row.id for row in ordered]

    def escalate(self, *, opened_before: datetime, now: datetime) -> int:
        return self._sweep("escalate")

    def forget_drafts(self, *, now: datetime) -> int:
        return self._sweep("forget_drafts")

    def end_leases(self, *, now: datetime) -> int:
        return self._sweep("end_leases")

    def _sweep(self, name: str) -> int:
        self.swept.append(name)
        return 0


@dataclass
class FakeCorrections:
    """Corrections and edits by id, and the texts of replies. `made` counts of the last day."""

    rows: dict[UUID, Correction] = field(default_factory=dict)
    edits: dict[UUID, ReviewedEdit] = field(default_factory=dict)
    replies: dict[UUID, str] = field(default_factory=dict)
    thanked: set[UUID] = field(default_factory=set)
    made: int = 0
    events: list[Event] = field(default_factory=list)

    def add(self, correction: Correction) -> None:
        self.events += correction.collect_events()
        self.rows[correction.id] = correction
        for made in correction.edits:
            self.edits[made.id] = ReviewedEdit(
                id=made.id,
                submission_id=correction.submission_id,
                correction_id=correction.id,
                writer_id=correction.writer_id,
                corrector_id=correction.corrector_id,
                language=correction.language,
                category=made.edit.category.value,
                state=EditState.OPEN,
            )

    def made_since(self, corrector_id: UUID, since: datetime) -> int:
        return self.made

    def get_edit(self, edit_id: UUID, *, seen_by: UUID) -> ReviewedEdit:
        if edit_id not in self.edits:
            raise EditNotFound
        return deepcopy(self.edits[edit_id])

    def save_edit(self, edit: ReviewedEdit) -> None:
        self.events += edit.collect_events()
        self.edits[edit.id] = deepcopy(edit)

    def add_reply(self, edit: ReviewedEdit, *, reply_id: UUID, text: str) -> None:
        self.events += edit.collect_events()
        self.replies[reply_id] = text

    def replies_since(self, author_id: UUID, since: datetime) -> int:
        return self.made

    def thank(self, correction_id: UUID, *, writer_id: UUID, now: datetime) -> Correction | None:
        row = self.rows.get(correction_id)
        if row is None or row.writer_id != writer_id:
            raise CorrectionNotFound
        if correction_id in self.thanked:
            return None
        self.thanked.add(correction_id)
        return row


@dataclass
class FakeStandings:
    """Points in order, and decisions of writers."""

    earned: list[Earned] = field(default_factory=list)
    decisions: list[tuple[UUID, str, bool]] = field(default_factory=list)

    def give(self, earned: Iterable[Earned], *, now: datetime) -> None:
        self.earned += earned

    def judged(self, member_id: UUID, *, language: str, accepted: bool) -> None:
        self.decisions.append((member_id, primary(language), accepted))


@dataclass
class FakeDrafts:
    """One text that waits for its draft, and what was stored for it."""

    waiting: Written | None = None
    stored: list[Draft | None] = field(default_factory=list)

    def written(self, submission_id: UUID) -> Written | None:
        return self.waiting

    def keep(self, written: Written, draft: Draft | None) -> None:
        self.stored.append(draft)


@dataclass
class FakeEngine:
    """An engine that marks nothing, or fails."""

    fails: bool = False

    def draft(self, written: Written) -> Draft:
        if self.fails:
            raise OSError("the engine is gone")
        return Draft(edits=[[] for _ in written.sentences])


@dataclass
class FakeCommunity:
    """All ports in memory."""

    texts: FakeSubmissions = field(default_factory=FakeSubmissions)
    corrections: FakeCorrections = field(default_factory=FakeCorrections)
    standings: FakeStandings = field(default_factory=FakeStandings)
    limits: FakeLimits = field(default_factory=FakeLimits)
    draft_rows: FakeDrafts = field(default_factory=FakeDrafts)
    engine: FakeEngine = field(default_factory=FakeEngine)
    draw: Callable[[], int] = lambda: 1

    @property
    def submitting(self) -> Submissions:
        return Submissions(submissions=self.texts, limits=self.limits, levels=FakeLevels())

    @property
    def turns(self) -> Turns:
        return Turns(submissions=self.texts, draw=self.draw)

    @property
    def correcting(self) -> Corrections:
        return Corrections(
            submissions=self.texts,
            corrections=self.corrections,
            standings=self.standings,
            limits=self.limits,
        )

    @property
    def deciding(self) -> Edits:
        return Edits(corrections=self.corrections, standings=self.standings, limits=self.limits)

    @property
    def drafting(self) -> Drafts:
        return Drafts(drafts=self.draft_rows, engine=lambda: self.engine, atomic=lambda act: act)
