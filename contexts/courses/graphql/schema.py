"""Courses over GraphQL: the same doors as REST's."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import graphene

from contexts.courses import api, queries
from contexts.courses.graphql import types
from contexts.courses.rest.serializers import AnswerSerializer, EnrollSerializer
from contexts.shared.http.graphql.checking import checked, filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.context import Context, selects
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Instant, Json, Uuid
from contexts.shared.kernel import new_id, now


class Query:
    courses = graphene.Field(
        connection(types.Course),
        language=graphene.String(),
        source=graphene.String(),
        level=graphene.String(),
        **PAGE_ARGUMENTS,
    )
    course = graphene.Field(types.CourseDetail, course=graphene.String(required=True))
    enrollments = graphene.Field(connection(types.Enrollment), **PAGE_ARGUMENTS)
    enrollment = graphene.Field(types.Enrollment, id=Uuid(required=True))
    reviews = graphene.Field(
        connection(types.DueItem),
        enrollment=Uuid(),
        due_before=Instant(),
        **PAGE_ARGUMENTS,
        description="The caller's words, those that are due first coming first.",
    )

    @staticmethod
    def resolve_courses(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        head = after is None and not by
        rows = queries.first_courses() if head else _courses(**by)
        return page_of(
            rows,
            ordering=("key",),
            first=first,
            after=after,
            to_nodes=lambda rows: _listed(info.context, rows),
        )

    @staticmethod
    def resolve_course(_root: Any, _info: Any, course: str) -> queries.CourseDetail:
        return queries.course_detail(course)

    @staticmethod
    def resolve_enrollments(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None
    ) -> Page:
        return page_of(
            queries.enrollments_of(info.context.actor.known_id),
            ordering=("-enrolled_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: _shown(info.context, rows),
        )

    @staticmethod
    def resolve_enrollment(_root: Any, info: Any, id: UUID) -> queries.EnrollmentSummary:
        return _enrollment(info.context, id)

    @staticmethod
    def resolve_reviews(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        learner_id = info.context.actor.known_id
        head = after is None and not by
        rows = queries.first_reviews(learner_id) if head else _reviews(learner_id, **by)
        texts = selects(info, "text", "translation")
        return page_of(
            rows,
            ordering=("due_at", "id"),
            first=first,
            after=after,
            to_nodes=lambda rows: queries.due_items(rows, texts=texts),
        )


class Mutation:
    enroll = graphene.Field(types.Enrollment, course=graphene.String(required=True))
    answer = graphene.Field(
        types.Grade,
        enrollment=Uuid(required=True),
        attempt_id=Uuid(required=True, description="Made by the client; sent twice, graded once."),
        exercise=graphene.String(required=True),
        answer=Json(required=True, description="As docs/coursepack.md shapes it for the type."),
        duration_ms=graphene.Int(),
    )
    complete_lesson = graphene.Field(
        types.Enrollment, enrollment=Uuid(required=True), lesson=graphene.String(required=True)
    )
    move_on = graphene.Field(types.Enrollment, enrollment=Uuid(required=True))

    @staticmethod
    @keyed
    def resolve_enroll(_root: Any, info: Any, course: str) -> queries.EnrollmentSummary:
        learner_id = info.context.actor.known_id
        asked = checked(EnrollSerializer, course=course)
        enrollment_id = api.enroll(
            enrollment_id=new_id(), learner_id=learner_id, now=now(), **asked
        )
        return _enrollment(info.context, enrollment_id)

    @staticmethod
    def resolve_answer(_root: Any, info: Any, enrollment: UUID, **given: Any) -> Any:
        learner_id = info.context.actor.known_id
        asked = checked(AnswerSerializer, **given)
        graded = api.answer(enrollment_id=enrollment, learner_id=learner_id, now=now(), **asked)
        return _graded(graded)

    @staticmethod
    @keyed
    def resolve_complete_lesson(
        _root: Any, info: Any, enrollment: UUID, lesson: str
    ) -> queries.EnrollmentSummary:
        api.complete_lesson(
            enrollment_id=enrollment,
            learner_id=info.context.actor.known_id,
            lesson=lesson,
            now=now(),
        )
        return _enrollment(info.context, enrollment)

    @staticmethod
    @keyed
    def resolve_move_on(_root: Any, info: Any, enrollment: UUID) -> queries.EnrollmentSummary:
        api.move_on(enrollment_id=enrollment, learner_id=info.context.actor.known_id)
        return _enrollment(info.context, enrollment)


def _courses(**by: Any) -> Any:
    return filtered(queries.CourseFilter, queries.courses(), **by)


def _listed(context: Context, rows: list[Any]) -> list[queries.CourseSummary]:
    context.show(row.key for row in rows)
    return [queries.course_summary(row) for row in rows]


def _reviews(learner_id: UUID, **by: Any) -> Any:
    return filtered(queries.ReviewFilter, queries.review_queue(learner_id), **by)


def _enrollment(context: Context, enrollment_id: UUID) -> queries.EnrollmentSummary:
    context.show([enrollment_id])
    return queries.enrollment(enrollment_id, learner_id=context.actor.known_id)


def _shown(context: Context, rows: list[Any]) -> list[queries.EnrollmentSummary]:
    context.show(row.pk for row in rows)
    return [queries.enrollment_summary(row) for row in rows]


def _graded(graded: api.Graded) -> SimpleNamespace:
    grade = graded.grade
    reviewed = [SimpleNamespace(item=item, due_at=due) for item, due in graded.due_at.items()]
    return SimpleNamespace(
        attempt_id=graded.attempt_id,
        exercise=graded.exercise,
        lesson=graded.lesson,
        verdict=grade.verdict.value,
        score=grade.score,
        rating=grade.rating,
        notes=grade.notes,
        given=grade.given,
        expected=grade.expected,
        edits=grade.edits,
        why=grade.why,
        answered_at=graded.answered_at,
        reviewed=reviewed,
        submission=graded.submission,
    )
