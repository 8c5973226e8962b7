"""Events of tutoring. A lesson's id is also the id of its credit's hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from contexts.shared.kernel import Event


@dataclass(frozen=True, kw_only=True)
class TutorApplied(Event):
    name: ClassVar[str] = "tutoring.tutor_applied.v1"
    subject: ClassVar[str] = "tutor_id"

    tutor_id: UUID


@dataclass(frozen=True, kw_only=True)
class TutorApproved(Event):
    """A tutor may be booked from now on."""

    name: ClassVar[str] = "tutoring.tutor_approved.v1"
    subject: ClassVar[str] = "tutor_id"

    tutor_id: UUID


@dataclass(frozen=True, kw_only=True)
class TutorRejected(Event):
    """An applicant may not teach. They may apply again."""

    name: ClassVar[str] = "tutoring.tutor_rejected.v1"
    subject: ClassVar[str] = "tutor_id"

    tutor_id: UUID


@dataclass(frozen=True, kw_only=True)
class TutorPaused(Event):
    """A tutor takes no bookings. `by` is tutor or staff; `until`, if a tutor named a day."""

    name: ClassVar[str] = "tutoring.tutor_paused.v1"
    subject: ClassVar[str] = "tutor_id"

    tutor_id: UUID
    by: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TutorResumed(Event):
    """A tutor takes bookings again. `by` is tutor, staff, or system on the day that was named."""

    name: ClassVar[str] = "tutoring.tutor_resumed.v1"
    subject: ClassVar[str] = "tutor_id"

    tutor_id: UUID
    by: str


@dataclass(frozen=True, kw_only=True)
class LessonBooked(Event):
    """A lesson stands, its credit is held. `policy` names the version agreed at booking.

    `cost` is in hundredths of a lesson credit.
    """

    name: ClassVar[str] = "tutoring.lesson_booked.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    starts_at: datetime
    ends_at: datetime
    policy: str
    cost: int = 100


@dataclass(frozen=True, kw_only=True)
class LessonLapsed(Event):
    """A booking that was begun came to nothing: whatever was held for it is free again."""

    name: ClassVar[str] = "tutoring.lesson_lapsed.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID


@dataclass(frozen=True, kw_only=True)
class LessonRescheduled(Event):
    name: ClassVar[str] = "tutoring.lesson_rescheduled.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class LessonCanceled(Event):
    """A lesson will not be. `by` is learner, tutor or system; `spent_percent` of the held credit

    is spent, as the policy says, and the rest goes back.
    """

    name: ClassVar[str] = "tutoring.lesson_canceled.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    by: str
    spent_percent: int


@dataclass(frozen=True, kw_only=True)
class LessonCompleted(Event):
    """A lesson took place: its credit is spent and the tutor has earned."""

    name: ClassVar[str] = "tutoring.lesson_completed.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class AbsenceReported(Event):
    """One participant says that the other did not come. `absent` is learner or tutor.

    The absent one may answer until `decides_at`. The credit stays held.
    """

    name: ClassVar[str] = "tutoring.absence_reported.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    absent: str
    decides_at: datetime


@dataclass(frozen=True, kw_only=True)
class AbsenceDisputed(Event):
    """The participant who is said to be absent disputes it. Staff decide; the credit stays held."""

    name: ClassVar[str] = "tutoring.absence_disputed.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    absent: str


@dataclass(frozen=True, kw_only=True)
class LessonMissed(Event):
    """Somebody did not come. `absent` is learner, tutor or both; `spent_percent` as in canceled."""

    name: ClassVar[str] = "tutoring.lesson_missed.v1"
    subject: ClassVar[str] = "learner_id"

    lesson_id: UUID
    learner_id: UUID
    tutor_id: UUID
    absent: str
    spent_percent: int


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Tutoring has erased its part of a person."""

    name: ClassVar[str] = "tutoring.person_erased.v1"
    subject: ClassVar[str] = "person_id"

    person_id: UUID
