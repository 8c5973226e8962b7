"""Tutors: their state, languages and availability."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from contexts.shared.kernel import Aggregate, Conflict, Invalid, LanguageTag, NotFound, has_visible
from contexts.shared.language.contacts import has_contact_details
from contexts.tutoring.domain.availability import (
    Availability,
    DayOverride,
    Offer,
    Travel,
    WeeklyRule,
)
from contexts.tutoring.domain.pauses import Pause, PausedByStaff, PauseFrom
from contexts.tutoring.domain.policies import DEFAULT_POLICY, policy
from contexts.tutoring.events import (
    TutorApplied,
    TutorApproved,
    TutorPaused,
    TutorRejected,
    TutorResumed,
)

MOST_LANGUAGES = 10
LONGEST_INTRODUCTION = 2_000


class TutorState(StrEnum):
    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"
    REJECTED = "rejected"


class TutorNotFound(NotFound):
    code = "tutor_not_found"
    message = "There is no such tutor."


class NotATutor(NotFound):
    code = "not_a_tutor"
    message = "You have not applied to teach. Apply first."


class AlreadyATutor(Conflict):
    code = "already_a_tutor"
    message = "You have already applied to teach."


class NotInThisState(Conflict):
    code = "tutor_state"
    message = "This tutor is {state}."


class LanguagesMissing(Invalid):
    code = "languages_missing"
    message = "Name one to {most} languages, each once."


class IntroductionTooLong(Invalid):
    code = "introduction_too_long"
    message = "An introduction has 1 to {most} characters."


class ContactDetails(Invalid):
    code = "contact_details"
    message = "Texts cannot contain addresses, links or phone numbers. Remove them."


@dataclass(kw_only=True, eq=False)
class Tutor(Aggregate):
    """A tutor. `languages` are BCP 47 tags; `policy` holds for lessons booked from now on."""

    id: UUID
    languages: tuple[str, ...]
    introduction: str
    availability: Availability
    policy: str = DEFAULT_POLICY
    state: TutorState = TutorState.APPLIED
    applied_at: datetime
    approved_at: datetime | None = None
    approved_by_id: UUID | None = None
    paused: Pause | None = None

    def apply(self, *, languages: Sequence[str], introduction: str, now: datetime) -> None:
        """Apply to teach. Raises what `introduce` does."""
        self.introduce(languages=languages, introduction=introduction)
        self.state, self.applied_at, self.paused = TutorState.APPLIED, now, None
        self.record(TutorApplied(occurred_at=now, tutor_id=self.id))

    def introduce(self, *, languages: Sequence[str], introduction: str) -> None:
        """Replace languages and introduction; booked lessons stay.

        Raises LanguagesMissing, UnknownLanguage, IntroductionTooLong, ContactDetails.
        """
        self.languages, text = languages_from(languages), introduction.strip()
        if not has_visible(text) or len(text) > LONGEST_INTRODUCTION:
            raise IntroductionTooLong(most=LONGEST_INTRODUCTION)
        if has_contact_details(text):
            raise ContactDetails
        self.introduction = text

    def change_profile(self, *, languages: Sequence[str], introduction: str) -> None:
        """Change the profile of a tutor or applicant. Raises NotInThisState, `introduce`'s."""
        if self.state in {TutorState.LEFT, TutorState.REJECTED}:
            raise NotInThisState(state=self.state.value)
        self.introduce(languages=languages, introduction=introduction)

    def reject(self, *, now: datetime) -> None:
        """Reject an applicant, who may apply again. Raises NotInThisState."""
        if self.state is TutorState.REJECTED:
            return
        self._require(TutorState.APPLIED)
        self.state = TutorState.REJECTED
        self.record(TutorRejected(occurred_at=now, tutor_id=self.id))

    def approve(self, *, by: UUID | None, now: datetime) -> None:
        """Approve an applicant. Does nothing if active. Raises NotInThisState."""
        if self.state is TutorState.ACTIVE:
            return
        self._require(TutorState.APPLIED)
        self.state, self.approved_at, self.approved_by_id = TutorState.ACTIVE, now, by
        self.record(TutorApproved(occurred_at=now, tutor_id=self.id))

    def pause(self, pause: Pause, *, now: datetime) -> None:
        """Pause bookings; booked lessons stay. A pause by staff stays theirs.

        Raises NotInThisState.
        """
        if self.paused is not None and (self.paused.by is PauseFrom.STAFF or self.paused == pause):
            return
        if self.state is not TutorState.PAUSED:
            self._require(TutorState.ACTIVE)
        self.state, self.paused = TutorState.PAUSED, pause
        self.record(
            TutorPaused(
                occurred_at=now,
                tutor_id=self.id,
                by=pause.by.value,
                reason=pause.reason,
                until=pause.until,
            )
        )

    def resume(self, *, by: PauseFrom, now: datetime) -> None:
        """Resume bookings. Raises NotInThisState, and PausedByStaff if staff paused them."""
        if self.state is TutorState.ACTIVE:
            return
        self._require(TutorState.PAUSED)
        if by is PauseFrom.TUTOR and self.paused and self.paused.by is PauseFrom.STAFF:
            raise PausedByStaff
        self._resume(by.value, now=now)

    def resume_if_due(self, *, now: datetime) -> None:
        """Resume bookings on the day that the tutor named. Does nothing before it."""
        if self.paused is not None and self.paused.is_over(now):
            self._resume("system", now=now)

    def _resume(self, by: str, *, now: datetime) -> None:
        self.state, self.paused = TutorState.ACTIVE, None
        self.record(TutorResumed(occurred_at=now, tutor_id=self.id, by=by))

    def depart(self) -> None:
        """Stop teaching at one's own wish. Raises NotInThisState."""
        if self.state is TutorState.REJECTED:
            raise NotInThisState(state=self.state.value)
        self.leave()

    def leave(self) -> None:
        self.state, self.paused = TutorState.LEFT, None

    def set_hours(
        self,
        *,
        zone: str,
        rules: Sequence[WeeklyRule],
        offer: Offer,
        policy_name: str,
    ) -> None:
        """Replace the weekly hours and how they are cut. Raises UnknownPolicy."""
        self.policy = policy(policy_name).name
        self.availability = replace(self.availability, zone=zone, rules=tuple(rules), offer=offer)

    def set_overrides(self, overrides: Sequence[DayOverride]) -> None:
        """Replace the dates that differ from their weeks."""
        ordered = sorted(overrides, key=lambda one: one.on)
        self.availability = replace(self.availability, overrides=tuple(ordered))

    def set_travels(self, travels: Sequence[Travel]) -> None:
        """Replace the dates in other zones."""
        ordered = sorted(travels, key=lambda one: one.first)
        self.availability = replace(self.availability, travels=tuple(ordered))

    def _require(self, state: TutorState) -> None:
        if self.state is not state:
            raise NotInThisState(state=self.state.value)


def languages_from(tags: Sequence[str]) -> tuple[str, ...]:
    """The tags in their canonical spelling. Raises LanguagesMissing, UnknownLanguage."""
    if not 1 <= len(tags) <= MOST_LANGUAGES:
        raise LanguagesMissing(most=MOST_LANGUAGES)
    parsed = tuple(str(LanguageTag.parse(tag)) for tag in tags)
    if len(set(parsed)) < len(parsed):
        raise LanguagesMissing(most=MOST_LANGUAGES)
    return parsed
