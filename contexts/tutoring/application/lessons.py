"""Use cases of a booked lesson: cancel, complete, report absence, enter."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contexts.tutoring.application.ports import LessonRepository
from contexts.tutoring.domain.lesson_refusals import LessonNotFound
from contexts.tutoring.domain.lessons import Lesson


@dataclass(frozen=True)
class Lessons:
    lessons: LessonRepository

    def cancel(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Cancel a lesson. The policy agreed at booking decides the cost.

        Raises LessonNotFound, LessonNotBooked, LessonStarted, LessonBinding.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.cancel(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def cancel_unpaid(self, *, lesson_id: UUID, now: datetime) -> None:
        """Cancel a lesson whose credit was lost. Does nothing if it has ended or is unknown."""
        try:
            lesson = self.lessons.take(lesson_id)
        except LessonNotFound:
            return
        if lesson.cancel_by_system(now=now):
            self.lessons.save(lesson)

    def complete(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Complete a lesson, as its tutor.

        Raises LessonNotFound, OnlyTheTutor, LessonNotBooked, LessonNotOver, NotThereYourself,
        LearnerMayReport.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.require_tutor(by)
        lesson.complete(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def conclude(self, *, lesson_id: UUID, now: datetime) -> None:
        """Conclude a lesson that nobody has concluded in time, by who entered the room."""
        lesson = self.lessons.take(lesson_id)
        if lesson.conclude(apart=self.lessons.is_apart(lesson), now=now):
            self.lessons.save(lesson)

    def report_absence(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Report that the other participant did not come. The credit waits for an answer.

        Raises LessonNotFound, LessonNotBooked, TooEarlyToReport, TooLateToReport,
        NotThereYourself, OtherWasThere.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.report(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def answer_absence(self, *, lesson_id: UUID, by: UUID, agree: bool, now: datetime) -> None:
        """Answer a report of one's own absence: agree, or dispute it.

        Raises LessonNotFound, NothingToAnswer.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=by)
        lesson.answer(by=lesson.part_of(by), agree=agree, now=now)
        self.lessons.save(lesson)

    def decide_absence(self, *, lesson_id: UUID, absent: str, now: datetime) -> None:
        """Decide a reported absence, as staff. `absent` is empty if the lesson took place.

        Raises LessonNotFound, NothingToDecide.
        """
        lesson = self.lessons.take(lesson_id)
        lesson.decide(absent=absent, now=now)
        self.lessons.save(lesson)

    def enter(self, *, lesson_id: UUID, person_id: UUID, now: datetime) -> Lesson:
        """Record that a participant enters the room, the first time only.

        Raises LessonNotFound, LessonNotBooked, RoomNotOpen, RoomClosed.
        """
        lesson = self.lessons.take_of(lesson_id, person_id=person_id)
        if lesson.enter(by=lesson.part_of(person_id), now=now):
            self.lessons.save(lesson)
        return lesson

    def part_ways(self, *, lesson_id: UUID, by: UUID, now: datetime) -> None:
        """Cancel a lesson because one participant blocks the other."""
        lesson = self.lessons.take(lesson_id)
        lesson.part_ways(by=lesson.part_of(by), now=now)
        self.lessons.save(lesson)

    def wind_up(self, *, lesson_id: UUID, now: datetime) -> None:
        """Close a lesson because a participant leaves the platform."""
        lesson = self.lessons.take(lesson_id)
        lesson.wind_up(now=now)
        self.lessons.save(lesson)
