"""Answering exercises."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid5

from contexts.courses.application.ports import (
    AnswerRepository,
    Attempt,
    Catalogue,
    Entitlements,
    Writings,
)
from contexts.courses.domain.enrollments import Enrollment, PremiumRequired
from contexts.courses.domain.exercises import AnyExercise, Write
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords
from contexts.courses.domain.reviews import Answered, Moment, Scheduler, Trace, late_items
from contexts.shared.kernel import Conflict


class AlreadyAnswered(Conflict):
    """The attempt is stored. Its first grade stands."""

    code = "already_answered"
    message = "This attempt was answered before."


class AttemptIdReused(Conflict):
    code = "attempt_id_reused"
    message = "This attempt id belongs to another exercise. Use a new id."


@dataclass(frozen=True, slots=True)
class Reviewed:
    """FSRS's rating of an item, and its next review."""

    rating: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A stored answer and its grade. `submission` is the id of a writing in the community."""

    attempt_id: UUID
    exercise: str
    lesson: str
    grade: Grade
    answered_at: datetime
    reviewed: Mapping[str, Reviewed]
    submission: UUID | None = None


@dataclass(frozen=True)
class Answers:
    catalogue: Catalogue
    answers: AnswerRepository
    scheduler: Scheduler
    words: KnownWords
    entitlements: Entitlements
    writings: Writings

    def answer(
        self,
        *,
        enrollment_id: UUID,
        learner_id: UUID,
        attempt_id: UUID,
        exercise: str,
        answer: Mapping[str, Any],
        duration_ms: int | None,
        answered_at: datetime | None = None,
        now: datetime,
    ) -> Graded:
        """Grade an answer, store it and schedule its words.

        `answered_at` is the time by the client's clock, now by default. A writing goes to the
        community, which may refuse it with errors of its own.

        Raises EnrollmentNotFound, ExerciseNotFound, PremiumRequired, MalformedAnswer,
        AnsweredAtOdds, AlreadyAnswered.
        """
        enrollment, placed = self.answers.take(
            enrollment_id, learner_id=learner_id, exercise=exercise
        )
        task = placed.exercise
        if task.premium and not self.entitlements.has_premium(learner_id, now=now):
            raise PremiumRequired
        policy = GradingPolicy(accents=placed.accents)
        grade = task.grade(answer, words=self.words, policy=policy)
        answered = Answered(
            attempt_id=attempt_id,
            moment=Moment(enrollment.time_of_answer(answered_at, now=now), enrollment.time_zone),
            ask=task.asks_by,
            ratings=task.ratings(answer, grade, words=self.words),
        )
        reviewed = self._review(enrollment, answered, now=now)
        submission = self._submit(enrollment, task, attempt_id, answer, now)
        attempt = Attempt(
            answered=answered,
            lesson=placed.lesson,
            exercise=exercise,
            answer={"submission": str(submission)} if submission else answer,
            grade=grade,
            items=task.uses,
            duration_ms=duration_ms,
        )
        self.answers.save(enrollment, attempt, reviewed)
        return Graded(
            attempt_id=attempt_id,
            exercise=exercise,
            lesson=placed.lesson,
            grade=grade,
            answered_at=answered.moment.at,
            reviewed={
                item: Reviewed(answered.ratings[item], trace.state.due)
                for item, trace in reviewed.items()
                if trace.state
            },
            submission=submission,
        )

    def _review(
        self, enrollment: Enrollment, answered: Answered, *, now: datetime
    ) -> dict[str, Trace]:
        traces = self.answers.traces(enrollment.id, answered)
        late = late_items(answered, traces, scheduler=self.scheduler)
        log = self.answers.log(enrollment, late) if late else []
        return enrollment.review(
            answered, traces=traces, log=log, scheduler=self.scheduler, now=now
        )

    def _submit(
        self,
        enrollment: Enrollment,
        task: AnyExercise,
        attempt_id: UUID,
        answer: Mapping[str, Any],
        now: datetime,
    ) -> UUID | None:
        if not isinstance(task, Write):
            return None
        # The same attempt is the same submission, also when the command runs again.
        submission_id = uuid5(enrollment.id, str(attempt_id))
        self.writings.keep(
            submission_id=submission_id,
            writer_id=enrollment.learner_id,
            text=task.read(answer).text,
            language=task.language,
            level=self.catalogue.current(enrollment.course).level,
            prompt=next(iter(task.body.prompt.values())),
            now=now,
        )
        enrollment.hand_in(
            submission_id=submission_id, exercise=task.key, language=task.language, now=now
        )
        return submission_id


class Answer(Protocol):
    def __call__(
        self,
        *,
        enrollment_id: UUID,
        learner_id: UUID,
        attempt_id: UUID,
        exercise: str,
        answer: Mapping[str, Any],
        duration_ms: int | None,
        answered_at: datetime | None = None,
        now: datetime,
    ) -> Graded: ...


class FindGraded(Protocol):
    def __call__(self, enrollment_id: UUID, attempt_id: UUID, *, exercise: str) -> Graded | None:
        """Return None if the attempt's id was used for another exercise."""
        ...


def answer_once(
    grade: Answer,
    find: FindGraded,
    *,
    enrollment_id: UUID,
    learner_id: UUID,
    attempt_id: UUID,
    exercise: str,
    answer: Mapping[str, Any],
    duration_ms: int | None,
    answered_at: datetime | None = None,
    now: datetime,
) -> Graded:
    """Grade an answer, once per attempt id. A repeated attempt returns its first grade.

    Raises EnrollmentNotFound, ExerciseNotFound, PremiumRequired, MalformedAnswer,
    AnsweredAtOdds, AttemptIdReused.
    """
    try:
        return grade(
            enrollment_id=enrollment_id,
            learner_id=learner_id,
            attempt_id=attempt_id,
            exercise=exercise,
            answer=answer,
            duration_ms=duration_ms,
            answered_at=answered_at,
            now=now,
        )
    except AlreadyAnswered:
        stored = find(enrollment_id, attempt_id, exercise=exercise)
        if stored is None:
            raise AttemptIdReused from None
        return stored
