"""The learning aggregate on its rows."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import IntegrityError

from contexts.courses import models as rows
from contexts.courses.adapters.taking import ASKED, REMEMBERED, TAKEN, Asked, Taken
from contexts.courses.application.enrollments import AlreadyAnswered, AlreadyEnrolled
from contexts.courses.application.ports import Answered, AskedExercise
from contexts.courses.domain import exercises
from contexts.courses.domain.cards import Card, card_id
from contexts.courses.domain.enrollments import (
    Enrollment,
    EnrollmentNotFound,
    ExerciseNotFound,
    LessonNotFound,
)
from contexts.courses.domain.grading.verdicts import Accents, Verdict
from contexts.courses.domain.reviews import MemoryState
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.kernel import Event
from contexts.shared.language import primary
from contexts.shared.messaging.publishing import publish

_MEMORY_FIELDS = (
    "due_at",
    "last_review_at",
    "stability",
    "difficulty",
    "state",
    "step",
    "model_version",
)


class OrmEnrollments:
    """`publish` writes the events beside the rows."""

    def __init__(self, publish: Callable[[Iterable[Event]], None] = publish) -> None:
        self._publish = publish

    def find(self, *, learner_id: UUID, course: str) -> UUID | None:
        found = rows.Enrollment.objects.filter(learner_id=learner_id, course_id=course)
        return found.values_list("id", flat=True).first()

    def add(self, enrollment: Enrollment, *, now: datetime) -> None:
        try:
            rows.Enrollment.objects.create(
                id=enrollment.id,
                learner_id=enrollment.learner_id,
                course_id=enrollment.course,
                version_id=enrollment.version_id,
                enrolled_at=now,
            )
        except IntegrityError as error:
            raise AlreadyEnrolled from error
        self._publish(enrollment.collect_events())

    def take(self, enrollment_id: UUID, *, learner_id: UUID) -> Enrollment:
        row = TAKEN.first(enrollment=enrollment_id, learner=learner_id)
        if row is None:
            raise EnrollmentNotFound
        return _enrollment(row)

    def take_for_answer(
        self, enrollment_id: UUID, *, learner_id: UUID, exercise: str
    ) -> tuple[Enrollment, AskedExercise]:
        row = ASKED.first(enrollment=enrollment_id, learner=learner_id, exercise=exercise)
        if row is None:
            raise EnrollmentNotFound
        if (card := card_id(exercise)) is not None:
            return _enrollment(row), _asked_card(row, card)
        # Compared here, because MariaDB takes "word " for "word".
        if row.asked_body is None or row.asked_key != exercise:
            raise ExerciseNotFound(exercise=exercise)
        parsed = _parsed(row.version_id, exercise, row.asked_body)
        return _enrollment(row), AskedExercise(
            lesson=row.asked_lesson, exercise=parsed, accents=Accents(row.accents)
        )

    def memories(self, enrollment_id: UUID, *, items: Collection[str]) -> dict[str, MemoryState]:
        if not items:
            return {}
        named = {f"item{n}": item for n, item in enumerate(items)}
        found = REMEMBERED.rows(len(items), enrollment=enrollment_id, **named)
        return {row.word_key: memory_state(row) for row in found}

    def save_answer(
        self, enrollment: Enrollment, answered: Answered, memories: Mapping[str, MemoryState]
    ) -> None:
        try:
            insert([_attempt(enrollment, answered)], using=alias_of("courses"))
        except IntegrityError as error:
            raise AlreadyAnswered from error
        _save_memories(enrollment, memories)
        self._publish(enrollment.collect_events())

    def newest_in(self, *, learner_id: UUID, language: str) -> UUID | None:
        mine = rows.Enrollment.objects.filter(learner_id=learner_id).order_by("-enrolled_at")
        taught = mine.values_list("pk", "course__language")
        wanted = primary(language)
        return next((pk for pk, tag in taught if primary(tag) == wanted), None)

    def add_card(self, enrollment: Enrollment, card: Card, *, now: datetime) -> bool:
        # The enrollment is locked: nobody adds a card to it meanwhile.
        if rows.Card.objects.filter(pk=card.edit_id).exists():
            return False
        rows.Card.objects.create(
            id=card.edit_id,
            enrollment_id=enrollment.id,
            sentence=card.sentence,
            corrected=card.corrected,
            language=card.language,
            category=card.category,
            made_at=now,
        )
        return True

    def lesson_exercises(self, version_id: UUID, lesson: str) -> tuple[str, ...]:
        found = rows.Lesson.objects.filter(version_id=version_id, key=lesson)
        row = found.only("key", "exercise_keys").first()
        if row is None or row.key != lesson:
            raise LessonNotFound(lesson=lesson)
        return tuple(row.exercise_keys)

    def last_passes(self, enrollment_id: UUID, lesson: str) -> dict[str, bool]:
        attempts = rows.Attempt.objects.filter(enrollment_id=enrollment_id, lesson_key=lesson)
        verdicts = attempts.order_by("id").values_list("exercise_key", "verdict")
        return {key: Verdict(verdict).accepted for key, verdict in verdicts}

    def is_completed(self, enrollment_id: UUID, lesson: str) -> bool:
        done = rows.LessonCompletion.objects.filter(enrollment_id=enrollment_id, lesson_key=lesson)
        return done.exists()

    def save_completion(
        self, enrollment: Enrollment, *, lesson: str, exercises: int, correct: int, now: datetime
    ) -> None:
        rows.LessonCompletion.objects.create(
            enrollment_id=enrollment.id,
            lesson_key=lesson,
            completed_at=now,
            exercises=exercises,
            correct=correct,
        )
        self._publish(enrollment.collect_events())

    def move(self, enrollment: Enrollment) -> None:
        found = rows.Enrollment.objects.filter(pk=enrollment.id)
        found.update(version_id=enrollment.version_id)


def _asked_card(row: "Asked", card: UUID) -> AskedExercise:
    found = rows.Card.objects.filter(pk=card, enrollment_id=row.id).first()
    if found is None:
        raise ExerciseNotFound(exercise=str(card))
    asked = Card(
        edit_id=found.pk,
        sentence=found.sentence,
        corrected=found.corrected,
        language=found.language,
        category=found.category,
    )
    return AskedExercise(
        lesson="", exercise=exercises.parse(asked.body()), accents=Accents(row.accents)
    )


_KEPT_EXERCISES = 4_096
_kept: OrderedDict[tuple[UUID, str], exercises.AnyExercise] = OrderedDict()


def _parsed(version_id: UUID, key: str, body: Mapping[str, Any]) -> exercises.AnyExercise:
    """Parsing expands the answers; a version never changes, so it is done once a process."""
    parsed = _kept.get((version_id, key))
    if parsed is None:
        parsed = _kept[version_id, key] = exercises.parse(body)
        if len(_kept) > _KEPT_EXERCISES:
            _kept.popitem(last=False)
    return parsed


def _enrollment(row: Taken | Asked) -> Enrollment:
    return Enrollment(
        id=row.id, learner_id=row.learner_id, course=row.course_id, version_id=row.version_id
    )


def _attempt(enrollment: Enrollment, answered: Answered) -> rows.Attempt:
    return rows.Attempt(
        enrollment_id=enrollment.id,
        attempt_id=answered.attempt_id,
        lesson_key=answered.lesson,
        exercise_key=answered.exercise,
        answer=dict(answered.answer),
        grade=orjson.loads(orjson.dumps(answered.grade)),
        verdict=answered.grade.verdict.value,
        rating=answered.grade.rating,
        items=list(answered.items),
        answered_at=answered.answered_at,
        duration_ms=answered.duration_ms,
    )


def _save_memories(enrollment: Enrollment, memories: Mapping[str, MemoryState]) -> None:
    upsert(
        rows.Memory,
        [
            rows.Memory(
                enrollment_id=enrollment.id,
                learner_id=enrollment.learner_id,
                word_key=item,
                card_id=card_id(item),
                due_at=state.due,
                last_review_at=state.last_review,
                stability=state.stability,
                difficulty=state.difficulty,
                state=state.state,
                step=state.step,
                model_version=state.model_version,
            )
            for item, state in memories.items()
        ],
        using=alias_of("courses"),
        unique=["enrollment", "word_key"],
        update=list(_MEMORY_FIELDS),
    )


def memory_state(row: Any) -> MemoryState:
    return MemoryState(
        stability=row.stability,
        difficulty=row.difficulty,
        state=row.state,
        step=row.step,
        due=row.due_at,
        last_review=row.last_review_at,
        model_version=row.model_version,
    )
