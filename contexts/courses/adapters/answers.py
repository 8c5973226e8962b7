"""Attempts and memory on their rows."""

from collections import OrderedDict, namedtuple
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import IntegrityError
from django.db.models import OuterRef, Subquery

from contexts.courses import models as rows
from contexts.courses.adapters.cards import card_exercise
from contexts.courses.adapters.enrollments import EnrollmentRow, Publish, locked, to_enrollment
from contexts.courses.application.answers import AlreadyAnswered
from contexts.courses.application.ports import Attempt, PlacedExercise
from contexts.courses.domain.cards import card_id
from contexts.courses.domain.enrollments import (
    Enrollment,
    EnrollmentNotFound,
    ExerciseNotFound,
)
from contexts.courses.domain.exercises import AnyExercise, parse
from contexts.courses.domain.grading.verdicts import Accents
from contexts.courses.domain.reviews import MemoryState
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.inserting import insert
from contexts.shared.database.statements.prepared import Prepared, id_param, text_param
from contexts.shared.database.statements.upsert import upsert
from contexts.shared.messaging.publishing import publish

_EXERCISE = ("exercise_key", "exercise_body", "lesson", "accents")
# The enrollment's columns, read once with those of the exercise.
_namedtuple: Any = namedtuple
PlacedRow = _namedtuple("PlacedRow", [*EnrollmentRow._fields, *_EXERCISE])


class MemoryRow(NamedTuple):
    word_key: str
    due_at: datetime
    last_review_at: datetime
    stability: float
    difficulty: float
    state: str
    step: int | None
    model_version: str


def _placed() -> Any:
    # Content never changes, so reading it beside the lock is as good as after it.
    named = rows.Exercise.objects.filter(version=OuterRef("version"), key=text_param("exercise"))
    version = rows.CourseVersion.objects.filter(pk=OuterRef("version"))
    return (
        locked()
        .annotate(
            exercise_key=Subquery(named.values("key")[:1]),
            exercise_body=Subquery(named.values("body")[:1]),
            lesson=Subquery(named.values("lesson_key")[:1]),
            accents=Subquery(version.values("accents")[:1]),
        )
        .values_list(*PlacedRow._fields)
    )


def _remembered(items: int) -> Any:
    names = [text_param(f"item{n}") for n in range(items)]
    found = rows.Memory.objects.filter(enrollment=id_param("enrollment"), word_key__in=names)
    return found.values_list(*MemoryRow._fields)


_PLACED = Prepared("courses", PlacedRow, _placed)
_REMEMBERED = Prepared("courses", MemoryRow, _remembered)


class OrmAnswers:
    """`publish` stores the events beside the rows."""

    def __init__(self, publish: Publish = publish) -> None:
        self._publish = publish

    def take(
        self, enrollment_id: UUID, *, learner_id: UUID, exercise: str
    ) -> tuple[Enrollment, PlacedExercise]:
        row = _PLACED.first(enrollment=enrollment_id, learner=learner_id, exercise=exercise)
        if row is None:
            raise EnrollmentNotFound
        card = card_id(exercise)
        lesson, found = ("", card_exercise(row.id, card)) if card else _exercise(row, exercise)
        placed = PlacedExercise(lesson=lesson, exercise=found, accents=Accents(row.accents))
        return to_enrollment(row), placed

    def memories(self, enrollment_id: UUID, *, items: Collection[str]) -> dict[str, MemoryState]:
        if not items:
            return {}
        named = {f"item{n}": item for n, item in enumerate(items)}
        found = _REMEMBERED.rows(len(items), enrollment=enrollment_id, **named)
        return {row.word_key: memory_state(row) for row in found}

    def save(
        self, enrollment: Enrollment, attempt: Attempt, memories: Mapping[str, MemoryState]
    ) -> None:
        try:
            insert([_attempt(enrollment, attempt)], using=alias_of("courses"))
        except IntegrityError as error:
            raise AlreadyAnswered from error
        _save_memories(enrollment, memories)
        self._publish(enrollment.collect_events())


def _exercise(row: Any, key: str) -> tuple[str, AnyExercise]:
    # Compared here, because MariaDB takes "word " for "word".
    if row.exercise_body is None or row.exercise_key != key:
        raise ExerciseNotFound(exercise=key)
    return row.lesson, _parsed(row.version_id, key, row.exercise_body)


_KEPT_EXERCISES = 4_096
_kept: OrderedDict[tuple[UUID, str], AnyExercise] = OrderedDict()


def _parsed(version_id: UUID, key: str, body: Mapping[str, Any]) -> AnyExercise:
    """Return the parsed exercise. Versions never change, so each is parsed once a process."""
    parsed = _kept.get((version_id, key))
    if parsed is None:
        parsed = _kept[version_id, key] = parse(body)
        if len(_kept) > _KEPT_EXERCISES:
            _kept.popitem(last=False)
    return parsed


def _attempt(enrollment: Enrollment, attempt: Attempt) -> rows.Attempt:
    return rows.Attempt(
        enrollment_id=enrollment.id,
        attempt_id=attempt.attempt_id,
        lesson_key=attempt.lesson,
        exercise_key=attempt.exercise,
        answer=dict(attempt.answer),
        grade=orjson.loads(orjson.dumps(attempt.grade)),
        verdict=attempt.grade.verdict.value,
        rating=attempt.grade.rating,
        items=list(attempt.items),
        answered_at=attempt.answered_at,
        duration_ms=attempt.duration_ms,
    )


def _save_memories(enrollment: Enrollment, memories: Mapping[str, MemoryState]) -> None:
    upsert(
        rows.Memory,
        [_memory(enrollment, item, state) for item, state in memories.items()],
        using=alias_of("courses"),
        unique=["enrollment", "word_key"],
        update=[name for name in MemoryRow._fields if name != "word_key"],
    )


def _memory(enrollment: Enrollment, item: str, state: MemoryState) -> rows.Memory:
    return rows.Memory(
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
