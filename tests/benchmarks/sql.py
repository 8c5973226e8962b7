"""The statements of the bare views, as our own endpoints make them."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

COURSES = """
    SELECT c.key, c.language, c.source, c.level, c.title, c.description, c.license,
           v.number, v.lessons_count, v.words_count, v.exercises_count
    FROM courses_course c INNER JOIN courses_courseversion v ON c.current_id = v.id
    WHERE c.current_id IS NOT NULL ORDER BY c.key ASC LIMIT 21"""

REVIEWS = """
    SELECT m.enrollment_id, m.word_key, m.state, m.stability, m.difficulty, m.last_review_at,
           m.due_at, e.version_id, c.corrected, c.sentence
    FROM courses_memory m INNER JOIN courses_enrollment e ON m.enrollment_id = e.id
    LEFT OUTER JOIN courses_card c ON m.card_id = c.id
    WHERE m.learner_id = %s ORDER BY m.due_at ASC, m.id ASC LIMIT 21"""

ENROLLMENT = """
    SELECT e.id, e.course_id, c.title, c.language, c.level, v.number, n.number, e.enrolled_at,
        v.lessons_count, (
            SELECT COUNT(d.id) FROM courses_lessoncompletion d
            WHERE d.enrollment_id = e.id GROUP BY d.enrollment_id)
    FROM courses_enrollment e INNER JOIN courses_courseversion v ON e.version_id = v.id
    INNER JOIN courses_course c ON e.course_id = c.key
    LEFT OUTER JOIN courses_courseversion n ON c.current_id = n.id
    WHERE e.learner_id = %s AND e.id = %s LIMIT 1"""

NEXT_LESSON = """
    SELECT l.key, l.unit_key, l.title, l.version_id, l.premium, l.exercises FROM courses_lesson l
    WHERE l.version_id IN (
        SELECT e.version_id FROM courses_enrollment e WHERE e.learner_id = %s AND e.id = %s)
    AND NOT EXISTS (
        SELECT 1 FROM courses_lessoncompletion d
        WHERE d.enrollment_id = %s AND d.lesson_key = l.key LIMIT 1)
    ORDER BY l.position ASC LIMIT 1"""

_TAKE = """
    SELECT e.version_id, e.course_id,
        (SELECT x.key FROM courses_exercise x
         WHERE x.key = %s AND x.version_id = e.version_id LIMIT 1),
        (SELECT x.body FROM courses_exercise x
         WHERE x.key = %s AND x.version_id = e.version_id LIMIT 1),
        (SELECT x.lesson_key FROM courses_exercise x
         WHERE x.key = %s AND x.version_id = e.version_id LIMIT 1),
        (SELECT v.accents FROM courses_courseversion v WHERE v.id = e.version_id LIMIT 1)
    FROM courses_enrollment e WHERE e.learner_id = %s AND e.id = %s LIMIT 1"""

ATTEMPT = """
    INSERT INTO courses_attempt (enrollment_id, attempt_id, lesson_key, exercise_key, answer,
        grade, verdict, rating, items, answered_at, duration_ms, ratings, ask, time_zone,
        local_date, zone_assumed)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def run(statement: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def uid(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex


def uuid_of(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def instant(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value.astimezone(UTC))


def take() -> str:
    return _TAKE + (" FOR UPDATE" if connection.features.has_select_for_update else "")


@cache
def words(keys: int, versions: int) -> str:
    return (
        "SELECT w.version_id, w.key, w.text, w.translation FROM courses_word w "
        f"WHERE w.key IN ({_marks(keys)}) AND w.version_id IN ({_marks(versions)})"
    )


@cache
def memories(items: int) -> str:
    return (
        "SELECT word_key, due_at, last_review_at, stability, difficulty, state, step, "
        "model_version, last_day FROM courses_memory "
        f"WHERE enrollment_id = %s AND word_key IN ({_marks(items)})"
    )


@cache
def upsert_memories(items: int) -> str:
    columns = (
        "due_at",
        "last_review_at",
        "stability",
        "difficulty",
        "state",
        "step",
        "model_version",
        "last_day",
    )
    return (
        f"INSERT INTO courses_memory (enrollment_id, learner_id, word_key, {', '.join(columns)}) "
        f"VALUES {_tuples(items, 11)} ON CONFLICT (enrollment_id, word_key) DO UPDATE SET "
        + ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
    )


@cache
def events(items: int) -> str:
    return (
        "INSERT INTO messaging_storedevent (id, name, subject, occurred_at, data, trace) "
        f"VALUES {_tuples(items, 6)}"
    )


def _marks(count: int) -> str:
    return ", ".join(["%s"] * count)


def _tuples(count: int, width: int) -> str:
    return ", ".join([f"({_marks(width)})"] * count)
