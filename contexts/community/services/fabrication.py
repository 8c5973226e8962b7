"""Synthetic members, for development and benchmarks: active ones write, neighbors correct."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from contexts.community import models as rows
from contexts.community.domain.reputation import Earned, PointsReason, earned_by_correcting
from contexts.community.domain.submissions import ESCALATED_AFTER, WANTED_CORRECTIONS
from contexts.community.services.synthetic_texts import MadeUpText, made_up_text
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import Json, Row, fill, fill_with, json_of
from contexts.shared.people.made_up import MadeUpPerson, made_up_id, mixed, unknown

_SUBMISSION, _CORRECTION, _EDIT, _NOTICE, _POINTS = 21, 22, 23, 24, 25
_AN_HOUR, _A_DAY = timedelta(hours=1), timedelta(days=1)
_MOST_EDITS = 16

_MEMBER = (
    "id",
    "display_name",
    "native_languages",
    "studied_languages",
    "lessons_completed",
    "last_learned_at",
)


def fabricate(people: Sequence[MadeUpPerson], *, now: datetime) -> int:
    """Members, and what they have written and corrected. Returns how many rows were written."""
    using = alias_of("community")
    new, write = unknown(people, rows.Member, using=using), partial(fill, using=using)
    archive = _Archive()
    for one in new:
        for place in range(one.texts):
            _Writing(one, place, now, archive).write()
    return (
        write(rows.Member, _MEMBER, map(_member, new))
        + write(rows.MemberLanguage, ("member_id", "language", "relation"), _languages(new))
        + write(rows.Block, ("blocker_id", "blocked_id"), _blocks(new))
        + write(rows.Mailbox, ("member_id", "last_number"), archive.told.items())
        + sum(fill_with(kept, using=using) for kept in archive.in_order())
    )


def _member(one: MadeUpPerson) -> Row:
    learned_at = one.began_at + _A_DAY if one.is_active else None
    lessons = one.lessons_completed
    return one.id, one.name, _list_of(one.native), _list_of(one.studied), lessons, learned_at


@cache
def _list_of(tag: str) -> Json:
    return json_of([tag])


def _languages(people: Sequence[MadeUpPerson]) -> Iterator[Row]:
    for one in people:
        yield one.id, one.native, "native"
        yield one.id, one.studied, "studied"


def _blocks(people: Sequence[MadeUpPerson]) -> Iterator[Row]:
    return ((one.id, one.blocks) for one in people if one.blocks)


@dataclass(slots=True)
class _Archive:
    """The rows to write, by table; `told` counts each member's notifications."""

    texts: list[rows.Submission] = field(default_factory=list)
    corrections: list[rows.Correction] = field(default_factory=list)
    edits: list[rows.Edit] = field(default_factory=list)
    notices: list[rows.Notification] = field(default_factory=list)
    points: list[rows.PointsEntry] = field(default_factory=list)
    told: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))

    def in_order(self) -> tuple[Sequence[Any], ...]:
        """A row comes after those that it refers to."""
        return self.texts, self.corrections, self.edits, self.notices, self.points


@dataclass(frozen=True, slots=True)
class _Writing:
    """A text of a writer and all that came of it; `place` counts their texts."""

    one: MadeUpPerson
    place: int
    now: datetime
    archive: _Archive

    def write(self) -> None:
        chance = mixed(self.one.seed + _SUBMISSION + self.place, self.one.number)
        text, correctors = made_up_text(self.one.studied, chance), self._correctors()
        # What was corrected has been there for three days at least.
        opened_at = self.now - (chance % 480 + (73 if correctors else 1)) * _AN_HOUR
        submission = self._submission(text, opened_at, len(correctors))
        self.archive.texts.append(submission)
        for turn, corrector_id in enumerate(correctors):
            at = opened_at + (turn + 1) * _AN_HOUR
            self._correct(submission.pk, turn, corrector_id, text, at)

    def _correctors(self) -> Sequence[UUID]:
        """Two for the first texts, one or two for the third; of the last ones some wait."""
        street = self.one.number // 25
        wanted = (2, 2, 1 + street % 2, 2 if street % 5 else 0)[self.place]
        near = self.one.correctors
        return [near[(self.place + n) % len(near)] for n in range(min(wanted, len(near)))]

    def _submission(self, text: MadeUpText, opened_at: datetime, count: int) -> rows.Submission:
        waited = not count and opened_at <= self.now - ESCALATED_AFTER
        escalated_at = opened_at + ESCALATED_AFTER if waited else None
        return rows.Submission(
            id=self._id(_SUBMISSION),
            writer_id=self.one.id,
            language=self.one.studied,
            primary_language=self.one.studied,
            level=self.one.level,
            source="free",
            text=text.text,
            text_hash=text.text_hash,
            sentences=text.spans,
            state="open",
            created_at=opened_at,
            opened_at=opened_at,
            corrections_count=count,
            round=count if count < WANTED_CORRECTIONS else None,
            ranked_at=escalated_at or opened_at,
            escalated_at=escalated_at,
            draft_state="ready",
        )

    def _correct(
        self, submission_id: UUID, turn: int, corrector_id: UUID, text: MadeUpText, at: datetime
    ) -> None:
        thanked_at = at + _AN_HOUR if turn else None
        correction = rows.Correction(
            id=self._id(_CORRECTION, turn),
            submission_id=submission_id,
            corrector_id=corrector_id,
            verdicts=text.verdicts_json,
            created_at=at,
            thanked_at=thanked_at,
        )
        self.archive.corrections.append(correction)
        self.archive.edits += self._edits(correction, turn, text)
        earned = earned_by_correcting(
            corrector_id=corrector_id,
            correction_id=correction.pk,
            verdicts=text.verdicts,
            language=self.one.studied,
        )
        self._tell(correction, "submission_corrected", at)
        if thanked_at:
            earned.append(_thanks(correction, corrector_id, self.one.studied))
            self._tell(correction, "correction_thanked", thanked_at)
        self.archive.points += [self._points(each, n, turn, at) for n, each in enumerate(earned)]

    def _edits(self, correction: rows.Correction, turn: int, text: MadeUpText) -> list[rows.Edit]:
        return [
            rows.Edit(
                id=self._id(_EDIT, turn * _MOST_EDITS + n),
                submission_id=correction.submission_id,
                correction_id=correction.pk,
                source="human",
                sentence=made.sentence,
                start=made.edit.start,
                end=made.edit.end,
                old=made.edit.old,
                new=made.edit.new,
                category=made.edit.category.value,
                sentence_hash=made.sentence_hash,
            )
            for n, made in enumerate(text.edits)
        ]

    def _tell(self, correction: Any, kind: str, at: datetime) -> None:
        pair = [self.one.id, correction.corrector_id]
        thanks = kind == "correction_thanked"
        recipient_id, actor_id = reversed(pair) if thanks else pair
        self.archive.told[recipient_id] += 1
        self.archive.notices.append(
            rows.Notification(
                id=self._id(_NOTICE, len(self.archive.notices)),
                recipient_id=recipient_id,
                number=self.archive.told[recipient_id],
                kind=kind,
                cause=f"{'thanked' if thanks else 'correction'}:{correction.pk}",
                actor_id=actor_id,
                subject_id=correction.pk,
                submission_id=correction.submission_id,
                created_at=at,
            )
        )

    def _points(self, earned: Earned, number: int, turn: int, at: datetime) -> rows.PointsEntry:
        return rows.PointsEntry(
            id=self._id(_POINTS, turn * len(PointsReason) + number),
            member_id=earned.member_id,
            points=earned.points,
            reason=earned.reason.value,
            cause_id=earned.cause_id,
            quantity=earned.quantity,
            language=earned.language,
            created_at=at,
        )

    def _id(self, kind: int, of: int = 0) -> UUID:
        return made_up_id(self.one.seed, kind, self.one.number, 1_000 * self.place + of)


def _thanks(correction: rows.Correction, corrector_id: UUID, language: str) -> Earned:
    return Earned(
        member_id=corrector_id,
        reason=PointsReason.THANKED,
        cause_id=correction.pk,
        quantity=1,
        language=language,
    )
