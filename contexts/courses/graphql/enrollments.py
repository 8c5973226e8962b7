"""Enrollments over GraphQL, with their lessons."""

from typing import Any
from uuid import UUID

import graphene

from contexts.courses import api, queries
from contexts.courses.graphql import lessons
from contexts.courses.rest.enrollments import Enroll
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import new_id, now


def _load(context: Context, id_: UUID) -> queries.Enrollment:
    return _enrollment(context, id_)


class Enrollment(DtoType, dto=queries.Enrollment, node=_load):
    progress = graphene.List(graphene.NonNull(lessons.LessonProgress), required=True)
    next_lesson = graphene.Field(lessons.Lesson, description="Null when all lessons are completed.")
    lesson = graphene.Field(lessons.Lesson, lesson=graphene.String(required=True))

    @staticmethod
    def resolve_progress(root: Any, info: Any) -> Any:
        return lessons.progress(info.context, root.id)

    @staticmethod
    def resolve_next_lesson(root: Any, info: Any) -> Any:
        return lessons.next_lesson(info.context, root.id)

    @staticmethod
    def resolve_lesson(root: Any, info: Any, lesson: str) -> Any:
        return lessons.lesson(info.context, root.id, lesson)


class Query:
    enrollments = graphene.Field(connection(Enrollment), **PAGE_ARGUMENTS)
    enrollment = graphene.Field(Enrollment, id=Uuid(required=True))

    @staticmethod
    def resolve_enrollments(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None
    ) -> Page:
        return page_of(
            queries.enrollments_of(info.context.actor.known_id),
            ordering=("-enrolled_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: _nodes(info.context, rows),
        )

    @staticmethod
    def resolve_enrollment(_root: Any, info: Any, id: UUID) -> queries.Enrollment:
        return _enrollment(info.context, id)


class Mutation:
    enroll = graphene.Field(Enrollment, **arguments_of(Enroll))
    complete_lesson = graphene.Field(
        Enrollment, enrollment=Uuid(required=True), lesson=graphene.String(required=True)
    )
    move_on = graphene.Field(Enrollment, enrollment=Uuid(required=True))

    @staticmethod
    @keyed
    def resolve_enroll(_root: Any, info: Any, **arguments: Any) -> queries.Enrollment:
        learner_id, body = info.context.actor.known_id, checked(Enroll, **arguments)
        enrollment_id = api.enroll(enrollment_id=new_id(), learner_id=learner_id, now=now(), **body)
        return _enrollment(info.context, enrollment_id)

    @staticmethod
    @keyed
    def resolve_complete_lesson(
        _root: Any, info: Any, enrollment: UUID, lesson: str
    ) -> queries.Enrollment:
        learner_id = info.context.actor.known_id
        api.complete_lesson(
            enrollment_id=enrollment, learner_id=learner_id, lesson=lesson, now=now()
        )
        return _enrollment(info.context, enrollment)

    @staticmethod
    @keyed
    def resolve_move_on(_root: Any, info: Any, enrollment: UUID) -> queries.Enrollment:
        api.move_on(enrollment_id=enrollment, learner_id=info.context.actor.known_id)
        return _enrollment(info.context, enrollment)


def _enrollment(context: Context, enrollment_id: UUID) -> queries.Enrollment:
    context.show([enrollment_id])
    return queries.enrollment(enrollment_id, learner_id=context.actor.known_id)


def _nodes(context: Context, rows: list[Any]) -> list[queries.Enrollment]:
    context.show(row.pk for row in rows)
    return [queries.to_enrollment(row) for row in rows]
