"""Courses as GraphQL shows them: the DTOs of queries.py."""

from functools import partial
from typing import Any
from uuid import UUID

import graphene

from contexts.courses import api, queries
from contexts.shared.http.graphql.context import Context, selects
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Instant, Json, Uuid
from contexts.shared.kernel import now


class OutlinedLesson(DtoType):
    lesson = graphene.String(required=True)
    title = Json(required=True, description="By language.")
    exercises = graphene.Int(required=True)
    premium = graphene.Boolean(required=True, description="Only Premium opens it.")


class Unit(DtoType):
    """A unit of a course's current version."""

    unit = graphene.String(required=True)
    title = Json(required=True, description="By language.")
    level = graphene.String(required=True, description="CEFR.")
    can_do = Json(required=True, description="By language.")
    words = graphene.Int(required=True)
    lessons = graphene.List(graphene.NonNull(OutlinedLesson), required=True)
    notes = graphene.String(required=True, description="On grammar; Markdown without HTML.")


class Course(DtoType):
    """A course as the catalogue lists it."""

    course = graphene.String(required=True)
    language = graphene.String(required=True, description="What is taught (BCP 47).")
    source = graphene.String(required=True, description="The language it is explained in.")
    level = graphene.String(required=True, description="CEFR.")
    title = Json(required=True, description="By language.")
    description = Json(required=True, description="By language.")
    license = graphene.String(required=True, description="SPDX.")
    version = graphene.Int(required=True)
    lessons = graphene.Int(required=True)
    words = graphene.Int(required=True)
    exercises = graphene.Int(required=True)
    units = graphene.List(graphene.NonNull(Unit), required=True)

    @staticmethod
    def resolve_units(root: Any, info: Any) -> Any:
        return _units(info, root.course)


class CourseDetail(DtoType):
    """A course with its units and lessons."""

    summary = graphene.Field(Course, required=True)
    authors = graphene.List(graphene.NonNull(graphene.String), required=True)
    content_hash = graphene.String(required=True)
    published_at = Instant(required=True)
    units = graphene.List(graphene.NonNull(Unit), required=True)

    @staticmethod
    def resolve_units(root: Any, info: Any) -> Any:
        return _units(info, root.summary.course)


def _units(info: Any, course: str) -> Any:
    notes = selects(info, "notes")
    return info.context.load(("units", notes), course, partial(queries.units_of, notes=notes)) or ()


class LessonProgress(DtoType):
    lesson = graphene.String(required=True)
    title = Json(required=True)
    exercises = graphene.Int(required=True)
    answered = graphene.Int(required=True)
    completed_at = Instant()
    correct = graphene.Int()


class Lesson(DtoType):
    """A lesson's exercises, as the learner's version has them."""

    lesson = graphene.String(required=True)
    unit = graphene.String(required=True)
    title = Json(required=True)
    version = Uuid(required=True)
    premium = graphene.Boolean(required=True)
    exercises = Json(required=True, description="As docs/coursepack.md lists them.")


class Enrollment(DtoType):
    """One of the caller's courses."""

    id = Uuid(required=True)
    course = graphene.String(required=True)
    title = Json(required=True)
    language = graphene.String(required=True)
    level = graphene.String(required=True)
    version = graphene.Int(required=True)
    newest_version = graphene.Int(required=True)
    enrolled_at = Instant(required=True)
    lessons = graphene.Int(required=True)
    lessons_completed = graphene.Int(required=True)
    progress = graphene.List(graphene.NonNull(LessonProgress), required=True)
    next_lesson = graphene.Field(Lesson, description="Null when all lessons are completed.")
    lesson = graphene.Field(Lesson, lesson=graphene.String(required=True))

    @staticmethod
    def resolve_progress(root: Any, info: Any) -> Any:
        return _detail(info.context, "progress", root.id, queries.progress_by_enrollment)

    @staticmethod
    def resolve_next_lesson(root: Any, info: Any) -> Any:
        return _detail(info.context, "next", root.id, partial(queries.next_lessons, now=now()))

    @staticmethod
    def resolve_lesson(root: Any, info: Any, lesson: str) -> Any:
        named = partial(queries.lessons_named, key=lesson, now=now())
        found = _detail(info.context, ("lesson", lesson), root.id, named)
        if found is None:
            raise api.LessonNotFound(lesson=lesson)
        return found


def _detail(context: Context, key: Any, enrollment: UUID, load: Any) -> Any:
    loader = partial(load, learner_id=context.actor.known_id)
    return context.load(key, enrollment, loader)


class Edit(DtoType):
    """A change that leads from what was given to what was expected."""

    start = graphene.Int(required=True, description="In code points of `given`.")
    end = graphene.Int(required=True)
    old = graphene.String(required=True)
    new = graphene.String(required=True)
    category = graphene.String(required=True)


class Reviewed(DtoType):
    item = graphene.String(required=True)
    due_at = Instant(required=True)


class Grade(DtoType):
    attempt_id = Uuid(required=True)
    exercise = graphene.String(required=True)
    lesson = graphene.String(required=True)
    verdict = graphene.String(required=True, description="As REST says it.")
    score = graphene.Float(required=True, description="0 to 1.")
    rating = graphene.Int(required=True, description="FSRS: 1 again, 2 hard, 3 good.")
    notes = graphene.List(graphene.NonNull(graphene.String), required=True)
    given = graphene.String(required=True)
    expected = graphene.String(required=True)
    edits = graphene.List(graphene.NonNull(Edit), required=True)
    why = Json(description="A teacher's explanation, by language.")
    answered_at = Instant(required=True)
    reviewed = graphene.List(graphene.NonNull(Reviewed), required=True)
    submission = Uuid(description="A writing's, under which the community has it.")


class DueItem(DtoType):
    """A word of the review queue."""

    enrollment = Uuid(required=True)
    item = graphene.String(required=True)
    kind = graphene.String(required=True, description="word or correction.")
    text = graphene.String(required=True)
    translation = graphene.String(required=True)
    state = graphene.String(required=True)
    stability = graphene.Float(required=True, description="Days until recall falls to 90 %.")
    difficulty = graphene.Float(required=True, description="1 to 10.")
    last_review_at = Instant(required=True)
    due_at = Instant(required=True)
