"""The same SQL in bare Django function views: a cursor, a dict, orjson; no authentication."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from contexts.courses.adapters.reviews import FsrsScheduler
from contexts.courses.domain.exercises import Exercise, parse
from contexts.courses.domain.grading.verdicts import Accents, Grade, GradingPolicy
from contexts.courses.domain.reviews import Answered, MemoryState, Moment, Trace
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.kernel import new_id, now
from tests.benchmarks import sql

_COURSE = (
    "course",
    "language",
    "source",
    "level",
    "title",
    "description",
    "license",
    "version",
    "lessons",
    "words",
    "exercises",
)
_ENROLLMENT = (
    "id",
    "course",
    "title",
    "language",
    "level",
    "version",
    "newest_version",
    "enrolled_at",
    "lessons",
    "lessons_completed",
)
_WORDS = SystemKnownWords()
_SCHEDULER = FsrsScheduler()


def courses(request: HttpRequest) -> HttpResponse:
    results = [dict(zip(_COURSE, row, strict=True)) for row in sql.rows(sql.COURSES)]
    for course in results:
        course["title"] = orjson.loads(course["title"])
        course["description"] = orjson.loads(course["description"])
    return _json({"results": results[:20]})


def reviews(request: HttpRequest, learner: UUID) -> HttpResponse:
    page = sql.rows(sql.REVIEWS, sql.uid(learner))
    keys, versions = {row[1] for row in page}, {row[7] for row in page}
    found = sql.rows(sql.words(len(keys), len(versions)), *keys, *versions)
    words = {(version, key): (text, translation) for version, key, text, translation in found}
    return _json({"results": [_due(row, *words[row[7], row[1]]) for row in page[:20]]})


def _due(row: tuple[Any, ...], text: str, translation: str) -> dict[str, Any]:
    return {
        "enrollment": sql.uuid_of(row[0]),
        "item": row[1],
        "kind": "word" if row[8] is None else "correction",
        "text": text,
        "translation": translation,
        "state": row[2],
        "stability": row[3],
        "difficulty": row[4],
        "last_review_at": _instant(row[5]),
        "due_at": _instant(row[6]),
    }


def enrollment(request: HttpRequest, learner: UUID, enrollment: UUID) -> HttpResponse:
    [row] = sql.rows(sql.ENROLLMENT, sql.uid(learner), sql.uid(enrollment))
    shown = dict(zip(_ENROLLMENT, row, strict=True))
    return _json(
        {
            **shown,
            "id": sql.uuid_of(shown["id"]),
            "title": orjson.loads(shown["title"]),
            "enrolled_at": _instant(shown["enrolled_at"]),
            "lessons_completed": shown["lessons_completed"] or 0,
        }
    )


def next_lesson(request: HttpRequest, learner: UUID, enrollment: UUID) -> HttpResponse:
    mine = sql.uid(enrollment)
    [row] = sql.rows(sql.NEXT_LESSON, sql.uid(learner), mine, mine)
    key, unit, title, version, premium, exercises = row
    lesson = {
        "lesson": key,
        "unit": unit,
        "title": orjson.loads(title),
        "version": sql.uuid_of(version),
        "premium": bool(premium),
        "exercises": orjson.loads(exercises),
    }
    return _json({"lesson": lesson})


def answer(request: HttpRequest, learner: UUID, enrollment: UUID) -> HttpResponse:
    asked = orjson.loads(request.body)
    at = now()
    with transaction.atomic():
        return _json(_answered(asked, learner, enrollment, at))


def _answered(
    asked: dict[str, Any], learner: UUID, enrollment: UUID, at: datetime
) -> dict[str, Any]:
    key, mine = asked["exercise"], sql.uid(enrollment)
    row = sql.rows(sql.take(), key, key, key, sql.uid(learner), mine)[0]
    version, course, _, body, lesson, accents = row
    exercise = _parsed(version, key, body)
    grade = exercise.grade(
        asked["answer"], words=_WORDS, policy=GradingPolicy(accents=Accents(accents))
    )
    ratings = exercise.ratings(asked["answer"], grade, words=_WORDS)
    answered = Answered(
        attempt_id=UUID(asked["attempt_id"]),
        moment=Moment(at, "UTC"),
        ask=exercise.asks_by,
        ratings=ratings,
    )
    items = [*ratings]
    found = sql.rows(sql.memories(len(items)), mine, *items)
    before = {row[0]: _memory(row) for row in found}
    after = {item: _remembered(before.get(item), answered, item) for item in items}
    attempt = answered.attempt_id
    stored = orjson.dumps(grade).decode()
    given = orjson.dumps(asked["answer"]).decode()
    listed = orjson.dumps(exercise.uses).decode()
    sql.run(
        sql.ATTEMPT,
        *(mine, sql.uid(attempt), lesson, key, given, stored, grade.verdict.value, grade.rating),
        *(listed, sql.instant(at), asked.get("duration_ms"), orjson.dumps(ratings).decode()),
        *(answered.ask.value, "UTC", at.date(), False),
    )
    sql.run(
        sql.upsert_memories(len(items)),
        *(
            value
            for item, state in after.items()
            for value in (mine, sql.uid(learner), item, *_columns(state))
        ),
    )
    sql.run(
        sql.events(len(items)),
        *(
            value
            for item, state in after.items()
            for value in (
                sql.uid(new_id()),
                "courses.item_reviewed.v1",
                str(learner),
                sql.instant(at),
                _event(learner, enrollment, course, item, grade, state),
                "",
            )
        ),
    )
    return _graded(attempt, key, lesson, grade, at, after)


@cache
def _parsed_body(version: Any, key: str, body: str) -> Exercise:
    return parse(orjson.loads(body))


def _parsed(version: Any, key: str, body: str) -> Exercise:
    return _parsed_body(version, key, body)


def _memory(row: tuple[Any, ...]) -> MemoryState:
    return MemoryState(
        due=_instant(row[1]),
        last_review=_instant(row[2]),
        stability=row[3],
        difficulty=row[4],
        state=row[5],
        step=row[6],
        model_version=row[7],
        last_day=row[8],
    )


def _remembered(before: MemoryState | None, answered: Answered, item: str) -> MemoryState:
    state = Trace(state=before).after(answered, item, scheduler=_SCHEDULER).state
    assert state is not None
    return state


def _columns(state: MemoryState) -> tuple[Any, ...]:
    return (
        sql.instant(state.due),
        sql.instant(state.last_review),
        state.stability,
        state.difficulty,
        state.state,
        state.step,
        state.model_version,
        state.last_day,
    )


def _event(
    learner: UUID, enrollment: UUID, course: str, item: str, grade: Grade, state: MemoryState
) -> str:
    facts = {
        "learner_id": learner,
        "enrollment_id": enrollment,
        "course": course,
        "item": item,
        "rating": grade.rating,
        "due_at": state.due,
        "is_new": False,
        "was_due": False,
        "recall_percent": None,
    }
    return orjson.dumps(facts).decode()


def _graded(
    attempt: UUID,
    exercise: str,
    lesson: str,
    grade: Grade,
    at: datetime,
    after: dict[str, MemoryState],
) -> dict[str, Any]:
    return {
        "attempt_id": attempt,
        "exercise": exercise,
        "lesson": lesson,
        "verdict": grade.verdict,
        "score": grade.score,
        "rating": grade.rating,
        "notes": grade.notes,
        "given": grade.given,
        "expected": grade.expected,
        "edits": grade.edits,
        "why": grade.why,
        "answered_at": at,
        "reviewed": [
            {"item": item, "rating": grade.rating, "due_at": state.due}
            for item, state in after.items()
        ],
    }


def _instant(value: datetime) -> datetime:
    # SQLite has no time zones.
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _json(value: Any) -> HttpResponse:
    content = orjson.dumps(value, option=orjson.OPT_UTC_Z)
    return HttpResponse(content, content_type="application/json")
