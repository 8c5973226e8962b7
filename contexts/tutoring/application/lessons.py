"""A booked lesson's life: canceled, completed, missed, entered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.tutoring.application.ports import LessonRepository
from contexts.tutoring.domain.lesson_refusals import LessonNotFound
from contexts.tutoring.domain.lessons import Lesson
from contexts.tutoring.domain.policies import SYSTEM


@dataclass(frozen=True)
class Lessons:
    lessons: LessonRepository

    def cancel(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Call a lesson off; the policy agreed at booking decides what is spent.

        Raises LessonNotFound, LessonNotBooked, LessonStarted, LessonBinding.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.cancel(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def cancel_unpaid(self, *, lesson_id: UUID, now: datetime) -> None:
        """Its credit was lost; a lesson that has ended, or never was, stays as it is."""
        try:
            lesson = self.lessons.take(lesson_id)
        except LessonNotFound:
            return
        if lesson.cancel_by_system(now=now):
            self.lessons.save(lesson)

    def complete(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """The tutor says that it took place.

        Raises LessonNotFound, OnlyTheTutor, LessonNotBooked, LessonNotOver.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.require_tutor(by)
        lesson.complete(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def complete_by_itself(self, *, lesson_id: UUID, now: datetime) -> None:
        """Nobody has said otherwise for long enough."""
        lesson = self.lessons.take(lesson_id)
        if lesson.completes_by_itself(now=now):
            lesson.complete(by=SYSTEM, now=now)
            self.lessons.save(lesson)

    def report_absence(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Who was there says that the other was not.

        Raises LessonNotFound, LessonNotBooked, TooEarlyToReport, TooLateToReport, OtherWasThere.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.miss(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def enter(self, *, lesson_id: UUID, person_id: UUID, now: datetime) -> Lesson:
        """Somebody goes into the room; that they were there is noted the first time.

        Raises LessonNotFound, LessonNotBooked, RoomNotOpen, RoomClosed.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=person_id)
        if lesson.enter(by=lesson.part_of(person_id), now=now):
            self.lessons.save(lesson)
        return lesson

    def part_ways(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Who blocks the other cancels what the two had before them."""
        lesson = self.lessons.take(lesson_id)
        lesson.part_ways(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def wind_up(self, *, lesson_id: UUID, now: datetime) -> None:
        """One of the two is leaving for good: nothing of theirs stays open."""
        lesson = self.lessons.take(lesson_id)
        lesson.wind_up(now=now)
        self.lessons.save(lesson)
