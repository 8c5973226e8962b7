"""The write side of learning: enroll, answer, complete, move on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from contexts.courses.application.ports import (
    Answered,
    Catalogue,
    Drafts,
    Enrollments,
    Entitlements,
)
from contexts.courses.domain.cards import Card
from contexts.courses.domain.enrollments import Enrollment, PremiumRequired
from contexts.courses.domain.exercises import Write
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords, Verdict
from contexts.courses.domain.reviews import Scheduler
from contexts.shared.kernel import Conflict


class AlreadyEnrolled(Conflict):
    code = "already_enrolled"
    message = "You are enrolled in this course."


class AlreadyAnswered(Conflict):
    """The attempt is already kept; its first grade stands."""

    code = "already_answered"
    message = "This attempt was answered before."


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """What the learner is told of an answer; `due_at` is when its words come back, by word.

    `submission` is the id under which the community has a writing.
    """

    attempt_id: UUID
    exercise: str
    lesson: str
    grade: Grade
    answered_at: datetime
    due_at: Mapping[str, datetime]
    submission: UUID | None = None


@dataclass(frozen=True)
class Learning:
    catalogue: Catalogue
    enrollments: Enrollments
    scheduler: Scheduler
    words: KnownWords
    entitlements: Entitlements
    drafts: Drafts

    def enroll(self, *, enrollment_id: UUID, learner_id: UUID, course: str, now: datetime) -> UUID:
        """Begin a course on its current version; a second time gives the first enrollment."""
        current = self.catalogue.current(course)
        existing = self.enrollments.find(learner_id=learner_id, course=course)
        if existing is not None:
            return existing
        enrollment = Enrollment(
            id=enrollment_id, learner_id=learner_id, course=course, version_id=current.version_id
        )
        enrollment.begin(language=current.language, level=current.level, now=now)
        self.enrollments.add(enrollment, now=now)
        return enrollment.id

    def answer(
        self,
        *,
        enrollment_id: UUID,
        learner_id: UUID,
        attempt_id: UUID,
        exercise: str,
        answer: Mapping[str, Any],
        duration_ms: int | None,
        now: datetime,
    ) -> Graded:
        """Grade an answer, keep it and schedule its words.

        Returns the grade itself, so that the learner is told without another read. Raises
        AlreadyAnswered for an attempt that is kept, MalformedAnswer for a shape that the
        exercise does not take, PremiumRequired for a lesson that is closed to the learner. A
        writing goes to the community, which may refuse it with errors of its own.
        """
        enrollment, asked = self.enrollments.take_for_answer(
            enrollment_id, learner_id=learner_id, exercise=exercise
        )
        if asked.exercise.premium and not self.entitlements.has_premium(learner_id, now=now):
            raise PremiumRequired
        policy = GradingPolicy(accents=asked.accents)
        grade = asked.exercise.grade(answer, words=self.words, policy=policy)
        items = asked.exercise.uses
        reviewed = enrollment.review(
            items=items,
            rating=grade.rating,
            memories=self.enrollments.memories(enrollment_id, items=items),
            scheduler=self.scheduler,
            now=now,
        )
        submission, kept = None, answer
        if isinstance(asked.exercise, Write):
            submission = self._hand_in(enrollment, asked.exercise, attempt_id, answer, now)
            kept = {"submission": str(submission)}
        answered = Answered(
            attempt_id=attempt_id,
            lesson=asked.lesson,
            exercise=exercise,
            answer=kept,
            grade=grade,
            items=items,
            answered_at=now,
            duration_ms=duration_ms,
        )
        self.enrollments.save_answer(enrollment, answered, reviewed)
        return Graded(
            attempt_id=attempt_id,
            exercise=exercise,
            lesson=asked.lesson,
            grade=grade,
            answered_at=now,
            due_at={item: state.due for item, state in reviewed.items()},
            submission=submission,
        )

    def _hand_in(
        self,
        enrollment: Enrollment,
        exercise: Write,
        attempt_id: UUID,
        answer: Mapping[str, Any],
        now: datetime,
    ) -> UUID:
        # The same attempt is the same submission, also when the command runs again.
        submission_id = uuid5(enrollment.id, str(attempt_id))
        self.drafts.keep(
            submission_id=submission_id,
            writer_id=enrollment.learner_id,
            text=exercise.read(answer).text,
            language=exercise.language,
            level=self.catalogue.current(enrollment.course).level,
            prompt=next(iter(exercise.body.prompt.values())),
            now=now,
        )
        enrollment.hand_in(
            submission_id=submission_id,
            exercise=exercise.key,
            language=exercise.language,
            now=now,
        )
        return submission_id

    def remember_correction(self, *, learner_id: UUID, card: Card, now: datetime) -> None:
        """Put a correction that the learner accepted into their reviews, as something not known.

        Nothing happens for a learner who is in no course of that language, nor a second time.
        """
        enrollment_id = self.enrollments.newest_in(learner_id=learner_id, language=card.language)
        if enrollment_id is None:
            return
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        if not self.enrollments.add_card(enrollment, card, now=now):
            return
        grade = Grade(verdict=Verdict.WRONG, given=card.sentence, expected=card.corrected)
        reviewed = enrollment.review(
            items=(card.key,), rating=grade.rating, memories={}, scheduler=self.scheduler, now=now
        )
        met = Answered(
            attempt_id=card.edit_id,
            lesson="",
            exercise=card.key,
            answer={},
            grade=grade,
            items=(card.key,),
            answered_at=now,
            duration_ms=None,
        )
        self.enrollments.save_answer(enrollment, met, reviewed)

    def complete_lesson(
        self, *, enrollment_id: UUID, learner_id: UUID, lesson: str, now: datetime
    ) -> None:
        """Finish a lesson all of whose exercises have an answer; a second time changes nothing."""
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        exercises = self.enrollments.lesson_exercises(enrollment.version_id, lesson)
        if self.enrollments.is_completed(enrollment_id, lesson):
            return
        correct = enrollment.complete(
            lesson=lesson,
            exercises=exercises,
            passed=self.enrollments.last_passes(enrollment_id, lesson),
            now=now,
        )
        self.enrollments.save_completion(
            enrollment, lesson=lesson, exercises=len(exercises), correct=correct, now=now
        )

    def move_on(self, *, enrollment_id: UUID, learner_id: UUID) -> None:
        """Take the course's newest version; progress and memory stay with their ids."""
        enrollment = self.enrollments.take(enrollment_id, learner_id=learner_id)
        enrollment.version_id = self.catalogue.current(enrollment.course).version_id
        self.enrollments.move(enrollment)
