"""Rules that decide whether a slot can be booked."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from contexts.shared.kernel import Conflict, Invalid
from contexts.tutoring.domain.availability import Availability, Slot, cells, slots

_MOMENT = timedelta(microseconds=1)


class SlotTaken(Conflict):
    code = "slot_taken"
    message = "This time is taken. Choose another slot."


class LearnerBusy(Conflict):
    code = "learner_busy"
    message = "You have another lesson at this time. Choose another time."


class SlotNotOffered(Conflict):
    code = "slot_not_offered"
    message = "The tutor offers no lesson at this time. Choose an open slot."


class TooLateToBook(Conflict):
    code = "too_late_to_book"
    message = "Book this tutor at least {notice_minutes} minutes ahead."


class TooFarAhead(Conflict):
    code = "too_far_ahead"
    message = "Book this tutor at most {horizon_days} days ahead."


MOST_OPEN = 20
MOST_CANCELED = 10
CANCELED_WITHIN = timedelta(days=7)


class TooManyOpenLessons(Conflict):
    code = "too_many_open_lessons"
    message = "You can have {most} booked lessons at a time. Take or cancel one first."


class TooManyCancellations(Conflict):
    code = "too_many_cancellations"
    message = "You canceled {most} lessons within {days} days. Book again in some days."


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A learner's open lessons, and those that they canceled lately."""

    open: int
    canceled: int

    def allow_booking(self) -> None:
        """Raises TooManyOpenLessons, TooManyCancellations."""
        if self.open >= MOST_OPEN:
            raise TooManyOpenLessons(most=MOST_OPEN)
        if self.canceled >= MOST_CANCELED:
            raise TooManyCancellations(most=MOST_CANCELED, days=CANCELED_WITHIN.days)


class OwnLesson(Invalid):
    code = "own_lesson"
    message = "You cannot book a lesson with yourself."


class LanguageNotTaught(Invalid):
    code = "language_not_taught"
    message = "This tutor does not teach “{language}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering:
    """The offer of a tutor who takes bookings."""

    tutor_id: UUID
    languages: tuple[str, ...]
    policy: str
    availability: Availability


def offered_slot(availability: Availability, *, starts_at: datetime, now: datetime) -> Slot:
    """The slot that begins then. Raises TooLateToBook, TooFarAhead, SlotNotOffered."""
    offer = availability.offer
    if starts_at < now + timedelta(minutes=offer.notice_minutes):
        raise TooLateToBook(notice_minutes=offer.notice_minutes)
    if starts_at >= now + timedelta(days=offer.horizon_days):
        raise TooFarAhead(horizon_days=offer.horizon_days)
    found = slots(availability, since=starts_at, until=starts_at + _MOMENT)
    if not found:
        raise SlotNotOffered
    return found[0]


def refuse_taken(
    slot: Slot, *, buffer_minutes: int, tutor: AbstractSet[int], learner: AbstractSet[int]
) -> None:
    """`tutor` and `learner` are the cells that each has taken. Raises SlotTaken, LearnerBusy."""
    if not tutor.isdisjoint(cells(slot, around=buffer_minutes)):
        raise SlotTaken
    if not learner.isdisjoint(cells(slot)):
        raise LearnerBusy
