"""Attempts and memory on their rows."""

from collections import OrderedDict, namedtuple
from collections.abc import Collection, Mapping
from datetime import date, datetime
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
from contexts.courses.domain.reviews import Answered, Ask, MemoryState, Moment, Trace
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
    last_day: date | None


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

    def traces(self, enrollment_id: UUID, answered: Answered) -> dict[str, Trace]:
        items = [*answered.ratings]
        if not items:
            return {}
        named = {f"item{n}": item for n, item in enumerate(items)}
        found = _REMEMBERED.rows(len(items), enrollment=enrollment_id, **named)
        known = {row.word_key: Trace(state=memory_state(row)) for row in found}
        if len(known) == len(items):
            return known
        shown = rows.Showing.objects.filter(enrollment=enrollment_id, word_key__in=items)
        first = {key: Trace(shown_at=at) for key, at in shown.values_list("word_key", "shown_at")}
        return first | known

    def log(self, enrollment: Enrollment, items: Collection[str]) -> list[Answered]:
        found = rows.Attempt.objects.filter(enrollment=enrollment.id)
        wanted = {*items}
        stored = found.only(*_LOGGED) if wanted else ()
        return [logged(row, enrollment) for row in stored if wanted & {*row.items}]

    def save(self, enrollment: Enrollment, attempt: Attempt, traces: Mapping[str, Trace]) -> None:
        try:
            insert([_attempt(enrollment, attempt)], using=alias_of("courses"))
        except IntegrityError as error:
            raise AlreadyAnswered from error
        save_traces(enrollment, traces)
        self._publish(enrollment.collect_events())


_LOGGED = ("attempt_id", "items", "rating", "ratings", "ask", "answered_at", "time_zone")


def logged(row: rows.Attempt, enrollment: Enrollment) -> Answered:
    """Return a stored attempt as memory reads it."""
    # Before ratings by item, all items had the answer's, and zones were not stored.
    ratings = dict.fromkeys(row.items, row.rating) if row.ratings is None else row.ratings
    return Answered(
        attempt_id=row.attempt_id,
        moment=Moment(row.answered_at, row.time_zone or enrollment.time_zone),
        ask=Ask(row.ask or Ask.PRODUCTION),
        ratings=ratings,
    )


def _exercise(row: Any, key: str) -> tuple[str, AnyExercise]:
    # Compared here, because MariaDB takes "word " for "word".
    if row.exercise_body is None or row.exercise_key != key:
        raise ExerciseNotFound(exercise=key)
    return row.lesson, _parsed(row.version_id, key, row.exercise_body)


def parsed_exercise(version_id: UUID, key: str) -> AnyExercise:
    """Return an exercise of a version. Raises ExerciseNotFound."""
    found = rows.Exercise.objects.filter(version=version_id, key=key)
    row = found.first()
    if row is None or row.key != key:
        raise ExerciseNotFound(exercise=key)
    return _parsed(version_id, key, row.body)


_KEPT_EXERCISES = 4_096
_kept: OrderedDict[tuple[UUID, str], AnyExercise] = OrderedDict()


def _parsed(version_id: UUID, key: str, body: Mapping[str, Any]) -> AnyExercise:
    """Return the parsed exercise. Versions never change, so each is parsed once a process."""
    parsed = _kept.get((version_id, key))
    if parsed is None:
        parsed = _kept[version_id, key] = parse(_with_texts(version_id, body))
        if len(_kept) > _KEPT_EXERCISES:
            _kept.popitem(last=False)
    return parsed


def _with_texts(version_id: UUID, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the document with the texts of its words, which older versions lack."""
    if "texts" in body or not body["uses"]:
        return body
    words = rows.Word.objects.filter(version=version_id, key__in=body["uses"])
    return {**body, "texts": {word.key: [word.text, word.translation] for word in words}}


def _attempt(enrollment: Enrollment, attempt: Attempt) -> rows.Attempt:
    answered = attempt.answered
    return rows.Attempt(
        enrollment_id=enrollment.id,
        attempt_id=answered.attempt_id,
        lesson_key=attempt.lesson,
        exercise_key=attempt.exercise,
        answer=dict(attempt.answer),
        grade=orjson.loads(orjson.dumps(attempt.grade)),
        verdict=attempt.grade.verdict.value,
        rating=attempt.grade.rating,
        items=list(attempt.items),
        ratings=dict(answered.ratings),
        ask=answered.ask.value,
        answered_at=answered.moment.at,
        time_zone=answered.moment.zone,
        local_date=answered.moment.day,
        zone_assumed=not enrollment.zone_is_known,
        duration_ms=attempt.duration_ms,
    )


def save_traces(enrollment: Enrollment, traces: Mapping[str, Trace]) -> None:
    """Store memories, and first showings of items without one."""
    upsert(
        rows.Memory,
        [_memory(enrollment, key, one.state) for key, one in traces.items() if one.state],
        using=alias_of("courses"),
        unique=["enrollment", "word_key"],
        update=[name for name in MemoryRow._fields if name != "word_key"],
    )
    upsert(
        rows.Showing,
        [
            rows.Showing(enrollment_id=enrollment.id, word_key=key, shown_at=one.shown_at)
            for key, one in traces.items()
            if one.shown_at
        ],
        using=alias_of("courses"),
        unique=["enrollment", "word_key"],
        update=["shown_at"],
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
        last_day=state.last_day,
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
        last_day=row.last_day,
    )
