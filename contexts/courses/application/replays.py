"""Computing memory from the answers again, after a rule or a model has changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from contexts.courses.domain.enrollments import Enrollment
from contexts.courses.domain.exercises import AnyExercise, MalformedAnswer
from contexts.courses.domain.grading.verdicts import Grade, KnownWords
from contexts.courses.domain.reviews import Answered, Scheduler, Trace, replay


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttempt:
    """An attempt as it is stored. `is_rated` is False if an older release rated all items alike."""

    answered: Answered
    exercise: str
    answer: Mapping[str, Any]
    grade: Grade
    items: Collection[str]
    is_rated: bool


class ReplayRepository(Protocol):
    def take(self, enrollment_id: UUID) -> Enrollment | None:
        """Return an enrollment, locked; None if it is gone."""
        ...

    def attempts(self, enrollment: Enrollment) -> list[StoredAttempt]: ...

    def find_exercise(self, enrollment: Enrollment, key: str) -> AnyExercise | None:
        """Return an exercise of the enrollment's version, or a card's."""
        ...

    def save(
        self, enrollment: Enrollment, rated: Sequence[Answered], traces: Mapping[str, Trace]
    ) -> None:
        """Store the ratings of attempts that were given some, and memory, whole."""
        ...


@dataclass(frozen=True)
class Replays:
    replays: ReplayRepository
    scheduler: Scheduler
    words: KnownWords

    def replay(self, *, enrollment_id: UUID, again: bool = False) -> None:
        """Compute an enrollment's memory from its answers. Safe to repeat.

        Answers of a release that rated all words alike are rated by word, with `again` all
        answers. An answer keeps its ratings if its exercise is gone.
        """
        enrollment = self.replays.take(enrollment_id)
        if enrollment is None:
            return
        stored = self.replays.attempts(enrollment)
        rated = {
            one.answered.attempt_id: self._rated(enrollment, one)
            for one in stored
            if again or not one.is_rated
        }
        log = [rated.get(one.answered.attempt_id, one.answered) for one in stored]
        items = {item for answered in log for item in answered.ratings}
        traces = {item: replay(log, item, scheduler=self.scheduler) for item in items}
        self.replays.save(enrollment, [*rated.values()], traces)

    def _rated(self, enrollment: Enrollment, stored: StoredAttempt) -> Answered:
        exercise = self.replays.find_exercise(enrollment, stored.exercise)
        if exercise is None or not stored.answer:
            return stored.answered
        try:
            ratings = exercise.ratings(stored.answer, stored.grade, words=self.words)
        except MalformedAnswer:
            # The exercise has changed since: its answer fits no more.
            return stored.answered
        # The exercise may ask more words today.
        asked = {item: rating for item, rating in ratings.items() if item in stored.items}
        return replace(stored.answered, ask=exercise.asks_by, ratings=asked)
