"""Lessons over GraphQL."""

from functools import partial
from typing import Any
from uuid import UUID

from contexts.courses import api, queries
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.kernel import now


class LessonProgress(DtoType, dto=queries.LessonProgress): ...


class Lesson(DtoType, dto=queries.Lesson): ...


def progress(context: Context, enrollment: UUID) -> Any:
    return _load(context, "progress", enrollment, queries.progress_by_enrollment)


def next_lesson(context: Context, enrollment: UUID) -> Any:
    return _load(context, "next", enrollment, partial(queries.next_lessons, now=now()))


def lesson(context: Context, enrollment: UUID, key: str) -> Any:
    """Raises LessonNotFound."""
    named = partial(queries.lessons_named, key=key, now=now())
    found = _load(context, ("lesson", key), enrollment, named)
    if found is None:
        raise api.LessonNotFound(lesson=key)
    return found


def _load(context: Context, key: Any, enrollment: UUID, load: Any) -> Any:
    return context.load(key, enrollment, partial(load, learner_id=context.actor.known_id))
