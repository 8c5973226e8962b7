"""Lessons over GraphQL: booking, moving, canceling and concluding them."""

from typing import Any
from uuid import UUID

import graphene

from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import new_id, now
from contexts.tutoring import api, queries
from contexts.tutoring.rest.lessons import AnswerAbsence, Book, Reschedule

_LESSON = {"id": Uuid(required=True)}


class LessonPerson(DtoType, dto=queries.Participant): ...


def _load(context: Any, id_: UUID) -> queries.BookedLesson:
    return queries.lesson(id_, seen_by=context.actor.known_id)


class BookedLesson(DtoType, dto=queries.BookedLesson, node=_load): ...


class Query:
    booked_lessons, resolve_booked_lessons = listing(
        BookedLesson,
        queries.lessons_of,
        ordering=("-starts_at", "-id"),
        to_nodes=lambda _, rows: [queries.to_lesson(row) for row in rows],
        filters=queries.LessonFilter,
        description="The caller's lessons as learner and as tutor, the latest first.",
    )
    booked_lesson = graphene.Field(BookedLesson, **_LESSON)

    @staticmethod
    def resolve_booked_lesson(_root: Any, info: Any, id: UUID) -> queries.BookedLesson:
        return _lesson(info, id)


class Mutation:
    book_lesson = graphene.Field(BookedLesson, **arguments_of(Book))
    cancel_lesson = graphene.Field(BookedLesson, **_LESSON)
    reschedule_lesson = graphene.Field(BookedLesson, **_LESSON, **arguments_of(Reschedule))
    complete_booked_lesson = graphene.Field(BookedLesson, **_LESSON)
    report_absence = graphene.Field(BookedLesson, **_LESSON)
    answer_absence = graphene.Field(BookedLesson, **_LESSON, **arguments_of(AnswerAbsence))

    @staticmethod
    @keyed
    def resolve_book_lesson(_root: Any, info: Any, **arguments: Any) -> queries.BookedLesson:
        body = checked(Book, **arguments)
        lesson_id = api.book_lesson(
            lesson_id=new_id(),
            learner_id=info.context.actor.known_id,
            tutor_id=body["tutor"],
            starts_at=body["starts_at"],
            language=body["language"],
            now=now(),
        )
        return _lesson(info, lesson_id)

    @staticmethod
    @keyed
    def resolve_cancel_lesson(_root: Any, info: Any, id: UUID) -> queries.BookedLesson:
        api.cancel_lesson(lesson_id=id, by=info.context.actor.known_id, now=now())
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_reschedule_lesson(
        _root: Any, info: Any, id: UUID, **arguments: Any
    ) -> queries.BookedLesson:
        body = checked(Reschedule, **arguments)
        api.reschedule_lesson(lesson_id=id, by=info.context.actor.known_id, **body, now=now())
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_complete_booked_lesson(_root: Any, info: Any, id: UUID) -> queries.BookedLesson:
        api.complete_lesson(lesson_id=id, by=info.context.actor.known_id, now=now())
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_report_absence(_root: Any, info: Any, id: UUID) -> queries.BookedLesson:
        api.report_absence(lesson_id=id, by=info.context.actor.known_id, now=now())
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_answer_absence(
        _root: Any, info: Any, id: UUID, **arguments: Any
    ) -> queries.BookedLesson:
        body = checked(AnswerAbsence, **arguments)
        api.answer_absence(lesson_id=id, by=info.context.actor.known_id, **body, now=now())
        return _lesson(info, id)


def _lesson(info: Any, lesson_id: UUID) -> queries.BookedLesson:
    return queries.lesson(lesson_id, seen_by=info.context.actor.known_id)
