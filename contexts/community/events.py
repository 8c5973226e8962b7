"""Events of community. They hold no words; the texts are read from its api."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class SubmissionOpened(Event):
    """A text waits for corrections. `language` is what it is written in (BCP 47)."""

    name: ClassVar[str] = "community.submission_opened.v1"
    subject: ClassVar[str] = "member_id"

    submission_id: UUID
    member_id: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class SubmissionRewritten(Event):
    """The writer put another text in the place of one that nobody had corrected."""

    name: ClassVar[str] = "community.submission_rewritten.v1"
    subject: ClassVar[str] = "member_id"

    submission_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubmissionCorrected(Event):
    """A member answered another's text. `member_id` is the writer."""

    name: ClassVar[str] = "community.submission_corrected.v1"
    subject: ClassVar[str] = "member_id"

    submission_id: UUID
    correction_id: UUID
    member_id: UUID
    corrector_id: UUID
    language: str


@dataclass(frozen=True, kw_only=True)
class EditAccepted(Event):
    """The writer accepted an edit; `category` is the edit engine's.

    `corrector_id` is the nil UUID for a corrector who is forgotten.
    """

    name: ClassVar[str] = "community.edit_accepted.v1"
    subject: ClassVar[str] = "member_id"

    edit_id: UUID
    submission_id: UUID
    correction_id: UUID
    member_id: UUID
    corrector_id: UUID
    language: str
    category: str


@dataclass(frozen=True, kw_only=True)
class EditDisputed(Event):
    """The writer does not agree with an edit."""

    name: ClassVar[str] = "community.edit_disputed.v1"
    subject: ClassVar[str] = "member_id"

    edit_id: UUID
    submission_id: UUID
    correction_id: UUID
    member_id: UUID
    corrector_id: UUID


@dataclass(frozen=True, kw_only=True)
class EditReplied(Event):
    """Writer or corrector said something about an edit; `told_id` is the other one."""

    name: ClassVar[str] = "community.edit_replied.v1"
    subject: ClassVar[str] = "member_id"

    reply_id: UUID
    edit_id: UUID
    submission_id: UUID
    member_id: UUID
    told_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionThanked(Event):
    """The writer thanked for a correction."""

    name: ClassVar[str] = "community.correction_thanked.v1"
    subject: ClassVar[str] = "member_id"

    correction_id: UUID
    submission_id: UUID
    member_id: UUID
    corrector_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointsGiven(Event):
    """A member's points moved by `points`, for `reason`."""

    name: ClassVar[str] = "community.points_given.v1"
    subject: ClassVar[str] = "member_id"

    member_id: UUID
    points: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class EditErased(Event):
    """An edit that the member had accepted is gone with the person who typed it."""

    name: ClassVar[str] = "community.edit_erased.v1"
    subject: ClassVar[str] = "member_id"

    edit_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(Event):
    """A moderator removed a reported member. `reason` is the most frequent of the reports."""

    name: ClassVar[str] = "community.member_removed.v1"
    subject: ClassVar[str] = "member_id"

    case_id: UUID
    member_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class MemberKept(Event):
    """A moderator kept a member whom another decision had removed."""

    name: ClassVar[str] = "community.member_kept.v1"
    subject: ClassVar[str] = "member_id"

    case_id: UUID
    member_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Community has erased its part of a person."""

    name: ClassVar[str] = "community.person_erased.v1"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
