"""Use cases of tutors: application, decision, availability, leaving."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from contexts.tutoring.application.ports import TutorRepository
from contexts.tutoring.domain import documents
from contexts.tutoring.domain.availability import Availability, Offer
from contexts.tutoring.domain.pauses import BY_STAFF, NotAPause, PauseFrom, pause_until
from contexts.tutoring.domain.tutors import (
    AlreadyATutor,
    NotATutor,
    Tutor,
    TutorNotFound,
    TutorState,
)


@dataclass(frozen=True)
class Tutors:
    tutors: TutorRepository

    def apply(
        self,
        *,
        person_id: UUID,
        languages: Sequence[str],
        introduction: str,
        time_zone: str,
        now: datetime,
    ) -> UUID:
        """Apply to teach. A person who has left or was rejected may apply again.

        Raises AlreadyATutor, LanguagesMissing, UnknownLanguage, IntroductionTooLong,
        ContactDetails, UnknownTimeZone.
        """
        known = self.tutors.take(person_id)
        again = {TutorState.LEFT, TutorState.REJECTED}
        if known is not None and known.state not in again:
            raise AlreadyATutor
        tutor = known or Tutor(
            id=person_id,
            languages=(),
            introduction="",
            availability=Availability(zone=documents.known_zone(time_zone)),
            applied_at=now,
        )
        tutor.apply(languages=languages, introduction=introduction, now=now)
        (self.tutors.save if known else self.tutors.add)(tutor)
        return person_id

    def reject(self, *, tutor_id: UUID, now: datetime) -> None:
        """Reject an applicant. Raises TutorNotFound, NotInThisState."""
        self._change(tutor_id, lambda tutor: tutor.reject(now=now))

    def change_profile(
        self, *, tutor_id: UUID, languages: Sequence[str], introduction: str
    ) -> None:
        """Change one's languages and introduction.

        Raises NotATutor, NotInThisState, LanguagesMissing, UnknownLanguage, IntroductionTooLong,
        ContactDetails.
        """
        self._change_own(
            tutor_id,
            lambda tutor: tutor.change_profile(languages=languages, introduction=introduction),
        )

    def set_state(
        self,
        *,
        tutor_id: UUID,
        state: str,
        reason: str = "",
        until: date | None = None,
        now: datetime,
    ) -> None:
        """Take bookings (`active`), take none (`paused`), or stop teaching (`left`).

        Booked lessons stay. A pause may have a reason and the day on which the tutor is back.
        Raises NotATutor, NotInThisState, PausedByStaff, PauseDay, NotAPause.
        """
        if state != "paused" and (reason or until):
            raise NotAPause

        def pause(tutor: Tutor) -> None:
            zone = tutor.availability.zone
            tutor.pause(pause_until(until, zone=zone, reason=reason, now=now), now=now)

        moves: Mapping[str, Callable[[Tutor], None]] = {
            "active": lambda tutor: tutor.resume(by=PauseFrom.TUTOR, now=now),
            "paused": pause,
            "left": Tutor.depart,
        }
        self._change_own(tutor_id, moves[state])

    def approve(self, *, tutor_id: UUID, by: UUID | None, now: datetime) -> None:
        """Let an applicant teach. Raises TutorNotFound, NotInThisState."""
        self._change(tutor_id, lambda tutor: tutor.approve(by=by, now=now))

    def pause(self, *, tutor_id: UUID, now: datetime) -> None:
        """Pause a tutor's bookings, by staff. Raises TutorNotFound, NotInThisState."""
        self._change(tutor_id, lambda tutor: tutor.pause(BY_STAFF, now=now))

    def resume(self, *, tutor_id: UUID, now: datetime) -> None:
        """Let a tutor take bookings again, by staff. Raises TutorNotFound, NotInThisState."""
        self._change(tutor_id, lambda tutor: tutor.resume(by=PauseFrom.STAFF, now=now))

    def resume_if_due(self, *, tutor_id: UUID, now: datetime) -> None:
        """End a pause on the day that the tutor named. Does nothing before it."""
        self._change(tutor_id, lambda tutor: tutor.resume_if_due(now=now))

    def leave(self, *, tutor_id: UUID) -> None:
        """Stop teaching. Does nothing if the person is no tutor."""
        tutor = self.tutors.take(tutor_id)
        if tutor is not None:
            tutor.leave()
            self.tutors.save(tutor)

    def set_hours(
        self,
        *,
        tutor_id: UUID,
        time_zone: str,
        rules: Sequence[Mapping[str, Any]],
        lesson_minutes: int,
        grid_minutes: int,
        notice_minutes: int,
        horizon_days: int,
        buffer_minutes: int,
        policy: str,
    ) -> None:
        """Replace the weekly hours, how they are cut, and the policy of lessons to come.

        A rule is {"weekday": 1 to 7, "start": "13:00", "end": "18:00"}; 24:00 ends a day.
        Raises NotATutor, UnknownTimeZone, HoursMalformed, HoursOverlap, TooMuchAvailability,
        UnknownPolicy.
        """
        zone = documents.known_zone(time_zone)
        read = [documents.rule_from(rule) for rule in rules]
        offer = Offer(
            lesson_minutes=lesson_minutes,
            grid_minutes=grid_minutes,
            notice_minutes=notice_minutes,
            horizon_days=horizon_days,
            buffer_minutes=buffer_minutes,
        )
        self._change_own(
            tutor_id,
            lambda tutor: tutor.set_hours(zone=zone, rules=read, offer=offer, policy_name=policy),
        )

    def set_overrides(self, *, tutor_id: UUID, overrides: Sequence[Mapping[str, Any]]) -> None:
        """Replace the dates with hours of their own.

        One is {"date": "2030-01-31", "off": true, "hours": [{"start": …, "end": …}]}.
        Raises NotATutor, HoursMalformed, HoursOverlap, TooMuchAvailability.
        """
        read = [documents.override_from(one) for one in overrides]
        self._change_own(tutor_id, lambda tutor: tutor.set_overrides(read))

    def set_travels(self, *, tutor_id: UUID, travels: Sequence[Mapping[str, Any]]) -> None:
        """Replace the dates in other zones.

        One is {"first": "2030-01-31", "last": "2030-02-07", "time_zone": "Asia/Tokyo"}.
        Raises NotATutor, UnknownTimeZone, TravelsOverlap, TooMuchAvailability.
        """
        read = [documents.travel_from(one) for one in travels]
        self._change_own(tutor_id, lambda tutor: tutor.set_travels(read))

    def _change_own(self, tutor_id: UUID, change: Callable[[Tutor], None]) -> None:
        try:
            self._change(tutor_id, change)
        except TutorNotFound:
            raise NotATutor from None

    def _change(self, tutor_id: UUID, change: Callable[[Tutor], None]) -> None:
        tutor = self.tutors.take(tutor_id)
        if tutor is None:
            raise TutorNotFound
        change(tutor)
        self.tutors.save(tutor)
