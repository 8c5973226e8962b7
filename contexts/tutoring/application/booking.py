"""Booking in three steps over two contexts. A crash may follow any of them.

1. In tutoring's own transaction the slot is taken by a pending lesson.
2. Outside of any, billing holds a credit under the lesson's id.
3. In tutoring's own transaction the lesson is booked.

Each step can be repeated; a sweep finishes old pending lessons.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from contexts.tutoring.application.ports import Credits, Diaries, LessonRepository, Offers
from contexts.tutoring.domain.availability import Slot, cells
from contexts.tutoring.domain.booking import (
    CANCELED_WITHIN,
    LanguageNotTaught,
    OwnLesson,
    offered_slot,
    refuse_taken,
)
from contexts.tutoring.domain.lesson_refusals import LessonNotFound, NotEnoughCredits
from contexts.tutoring.domain.lessons import HOLD_LASTS, Lesson


@dataclass(frozen=True)
class Booking:
    """The steps in tutoring's own transactions."""

    diaries: Diaries
    offers: Offers
    lessons: LessonRepository

    def begin(
        self,
        *,
        lesson_id: UUID,
        learner_id: UUID,
        tutor_id: UUID,
        starts_at: datetime,
        language: str,
        now: datetime,
    ) -> UUID:
        """Take the slot by a pending lesson."""
        if learner_id == tutor_id:
            raise OwnLesson
        self.diaries.take(learner_id, tutor_id)
        self.lessons.record_of(learner_id, since=now - CANCELED_WITHIN).allow_booking()
        offering = self.offers.of(tutor_id, to=learner_id)
        if language not in offering.languages:
            raise LanguageNotTaught(language=language[:40])
        slot = offered_slot(offering.availability, starts_at=starts_at, now=now)
        self._refuse_taken(slot, learner_id, tutor_id, offering.availability.offer.buffer_minutes)
        lesson = Lesson(
            id=lesson_id,
            learner_id=learner_id,
            tutor_id=tutor_id,
            language=language,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            policy=offering.policy,
            cost=offering.availability.offer.cost,
            hold_until=now + HOLD_LASTS,
            created_at=now,
            changed_at=now,
        )
        self.lessons.add(lesson)
        return lesson_id

    def confirm(self, *, lesson_id: UUID, now: datetime) -> None:
        """Book the lesson whose credit is held. Raises NotEnoughCredits, BookingLapsed."""
        lesson = self.lessons.take(lesson_id)
        lesson.confirm(now=now)
        self.lessons.save(lesson)

    def lapse(self, *, lesson_id: UUID, because: str, now: datetime) -> None:
        """Release the slot of a pending lesson. Does nothing in another state."""
        lesson = self.lessons.take(lesson_id)
        if lesson.lapse(because=because, now=now):
            self.lessons.save(lesson)

    def reschedule(self, *, lesson_id: UUID, by: UUID, starts_at: datetime, now: datetime) -> None:
        """Move a booked lesson to another free slot of its tutor, for the learner.

        Its length and its price stay as agreed at booking. Does nothing if it starts then already.
        Raises what the policy says, and what booking raises.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.require_learner(by)
        if lesson.starts_at == starts_at:
            return
        lesson.allow_reschedule(now=now)
        self.diaries.take(lesson.learner_id, lesson.tutor_id)
        offering = self.offers.of(lesson.tutor_id, to=lesson.learner_id)
        hours = offering.availability.cut_to(lesson.slot.minutes)
        slot = offered_slot(hours, starts_at=starts_at, now=now)
        buffer = offering.availability.offer.buffer_minutes
        self._refuse_taken(slot, lesson.learner_id, lesson.tutor_id, buffer, but=lesson.slot)
        lesson.reschedule(to=slot, now=now)
        self.lessons.move(lesson)

    def _refuse_taken(
        self,
        slot: Slot,
        learner_id: UUID,
        tutor_id: UUID,
        buffer_minutes: int,
        *,
        but: Slot | None = None,
    ) -> None:
        busy = self.diaries.busy(learner_id, tutor_id, around=slot, minutes=buffer_minutes)
        own = frozenset(cells(but)) if but else frozenset()
        refuse_taken(
            slot,
            buffer_minutes=buffer_minutes,
            tutor=busy.get(tutor_id, frozenset()) - own,
            learner=busy.get(learner_id, frozenset()) - own,
        )


class Begin(Protocol):
    def __call__(
        self,
        *,
        lesson_id: UUID,
        learner_id: UUID,
        tutor_id: UUID,
        starts_at: datetime,
        language: str,
        now: datetime,
    ) -> UUID: ...


class Confirm(Protocol):
    def __call__(self, *, lesson_id: UUID, now: datetime) -> None: ...


class Lapse(Protocol):
    def __call__(self, *, lesson_id: UUID, because: str, now: datetime) -> None: ...


@dataclass(frozen=True)
class BookingSaga:
    """The steps one after the other, each committed before the next. `read` takes no lock."""

    begin: Begin
    credits: Credits
    confirm: Confirm
    lapse: Lapse
    read: Callable[[UUID], Lesson]

    def book(
        self,
        *,
        lesson_id: UUID,
        learner_id: UUID,
        tutor_id: UUID,
        starts_at: datetime,
        language: str,
        now: datetime,
    ) -> UUID:
        """Book a lesson and hold credit for its length.

        A repeated call under one Idempotency-Key returns the same lesson and finishes it.

        Raises TutorNotFound, OwnLesson, LanguageNotTaught, TooLateToBook, TooFarAhead,
        SlotNotOffered, SlotTaken, LearnerBusy, TooManyOpenLessons,
        TooManyCancellations, NotEnoughCredits, BookingLapsed.
        """
        begun_id = self.begin(
            lesson_id=lesson_id,
            learner_id=learner_id,
            tutor_id=tutor_id,
            starts_at=starts_at,
            language=language,
            now=now,
        )
        # Another call under the same key may have begun it; the row shows how far it got.
        begun = self.read(begun_id)
        begun.refuse_lapsed()
        if not begun.is_pending:
            return begun_id
        self._pay(begun, now=now)
        self.confirm(lesson_id=begun_id, now=now)
        return begun_id

    def _pay(self, lesson: Lesson, *, now: datetime) -> None:
        try:
            self.credits.hold(
                lesson_id=lesson.id,
                learner_id=lesson.learner_id,
                tutor_id=lesson.tutor_id,
                cost=lesson.cost,
                until=lesson.hold_until,
                now=now,
            )
        except NotEnoughCredits:
            self.lapse(lesson_id=lesson.id, because=NotEnoughCredits.code, now=now)
            raise

    def finish(self, *, lesson_id: UUID, now: datetime) -> None:
        """Finish a booking after a crash: confirm it if its credit is held, else let it lapse."""
        try:
            if self.credits.is_held(lesson_id=lesson_id):
                self.confirm(lesson_id=lesson_id, now=now)
            else:
                self.lapse(lesson_id=lesson_id, because="abandoned", now=now)
        except LessonNotFound:
            return
