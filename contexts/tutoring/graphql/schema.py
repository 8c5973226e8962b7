"""Tutoring over GraphQL: the same doors as REST's."""

from typing import Any
from uuid import UUID

import graphene
from django.conf import settings
from django.urls import reverse

from contexts.shared.http.graphql.checking import checked, filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Instant, Json, Uuid
from contexts.shared.kernel import new_id, now
from contexts.tutoring import api, queries
from contexts.tutoring.graphql import types
from contexts.tutoring.rest import serializers


class Query:
    tutors = graphene.Field(
        connection(types.Tutor),
        language=graphene.String(),
        **PAGE_ARGUMENTS,
        description="Who teaches; ask for their `slots` to see when they are free.",
    )
    tutor = graphene.Field(types.Tutor, id=Uuid(required=True))
    booked_lessons = graphene.Field(
        connection(types.BookedLesson),
        state=graphene.String(),
        role=graphene.String(),
        **{"from": Instant()},
        to=Instant(),
        **PAGE_ARGUMENTS,
        description="The lessons that the caller has or gives, the latest first.",
    )
    booked_lesson = graphene.Field(types.BookedLesson, id=Uuid(required=True))
    lesson_policies = graphene.List(graphene.NonNull(types.LessonPolicy))
    tutor_application = graphene.Field(types.TutorApplication)
    availability = graphene.Field(types.Availability)

    @staticmethod
    def resolve_tutors(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        found = queries.tutors(info.context.actor.known_id)
        return page_of(
            filtered(queries.TutorFilter, found, **by),
            ordering=("id",),
            first=first,
            after=after,
            to_nodes=lambda rows: _tutors(info.context, rows),
        )

    @staticmethod
    def resolve_tutor(_root: Any, info: Any, id: UUID) -> queries.TutorShown:  # noqa: A002 - the argument's public name
        info.context.show([id])
        return queries.tutor(id, asker_id=info.context.actor.known_id)

    @staticmethod
    def resolve_booked_lessons(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        mine = queries.lessons_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.LessonFilter, mine, **by),
            ordering=("-starts_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.lesson_shown(row) for row in rows],
        )

    @staticmethod
    def resolve_booked_lesson(_root: Any, info: Any, id: UUID) -> queries.LessonShown:  # noqa: A002 - the argument's public name
        return _lesson(info, id)

    @staticmethod
    def resolve_lesson_policies(_root: Any, info: Any) -> list[queries.PolicyShown]:
        _ = info.context.actor.known_id
        return queries.policies()

    @staticmethod
    def resolve_tutor_application(_root: Any, info: Any) -> queries.ApplicationShown:
        return queries.application(info.context.actor.known_id)

    @staticmethod
    def resolve_availability(_root: Any, info: Any) -> queries.AvailabilityShown:
        return queries.availability(info.context.actor.known_id)


class Mutation:
    apply_to_teach = graphene.Field(
        types.TutorApplication,
        languages=graphene.List(graphene.NonNull(graphene.String), required=True),
        introduction=graphene.String(required=True),
        time_zone=graphene.String(required=True),
    )
    set_hours = graphene.Field(
        types.Availability,
        time_zone=graphene.String(required=True),
        lesson_minutes=graphene.Int(required=True),
        grid_minutes=graphene.Int(required=True),
        notice_minutes=graphene.Int(required=True),
        horizon_days=graphene.Int(required=True),
        buffer_minutes=graphene.Int(required=True),
        policy=graphene.String(required=True),
        rules=Json(required=True, description="As REST takes them."),
    )
    set_overrides = graphene.Field(types.Availability, overrides=Json(required=True))
    set_travels = graphene.Field(types.Availability, travels=Json(required=True))
    book_lesson = graphene.Field(
        types.BookedLesson,
        tutor=Uuid(required=True),
        starts_at=Instant(required=True),
        language=graphene.String(required=True),
    )
    cancel_lesson = graphene.Field(types.BookedLesson, id=Uuid(required=True))
    reschedule_lesson = graphene.Field(
        types.BookedLesson, id=Uuid(required=True), starts_at=Instant(required=True)
    )
    complete_booked_lesson = graphene.Field(types.BookedLesson, id=Uuid(required=True))
    report_absence = graphene.Field(types.BookedLesson, id=Uuid(required=True))
    enter_lesson_room = graphene.Field(types.LessonRoom, id=Uuid(required=True))
    rotate_calendar = graphene.String(description="The calendar's new, secret address.")

    @staticmethod
    @keyed
    def resolve_apply_to_teach(_root: Any, info: Any, **given: Any) -> queries.ApplicationShown:
        person_id = info.context.actor.known_id
        asked = checked(serializers.ApplySerializer, **given)
        api.apply_as_tutor(person_id=person_id, now=now(), **asked)
        return queries.application(person_id)

    @staticmethod
    def resolve_set_hours(_root: Any, info: Any, **given: Any) -> queries.AvailabilityShown:
        tutor_id = info.context.actor.known_id
        api.set_hours(tutor_id=tutor_id, **checked(serializers.WeekSerializer, **given))
        return queries.availability(tutor_id)

    @staticmethod
    def resolve_set_overrides(_root: Any, info: Any, **given: Any) -> queries.AvailabilityShown:
        tutor_id = info.context.actor.known_id
        api.set_overrides(tutor_id=tutor_id, **checked(serializers.OverridesSerializer, **given))
        return queries.availability(tutor_id)

    @staticmethod
    def resolve_set_travels(_root: Any, info: Any, **given: Any) -> queries.AvailabilityShown:
        tutor_id = info.context.actor.known_id
        api.set_travels(tutor_id=tutor_id, **checked(serializers.TravelsSerializer, **given))
        return queries.availability(tutor_id)

    @staticmethod
    @keyed
    def resolve_book_lesson(
        _root: Any, info: Any, tutor: UUID, starts_at: Any, language: str
    ) -> queries.LessonShown:
        lesson_id = api.book_lesson(
            lesson_id=new_id(),
            learner_id=info.context.actor.known_id,
            tutor_id=tutor,
            starts_at=starts_at,
            language=language,
            now=now(),
        )
        return _lesson(info, lesson_id)

    @staticmethod
    @keyed
    def resolve_cancel_lesson(_root: Any, info: Any, id: UUID) -> queries.LessonShown:  # noqa: A002 - the argument's public name
        api.cancel_lesson(lesson_id=id, by=info.context.actor.known_id, now=now())
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_reschedule_lesson(
        _root: Any,
        info: Any,
        id: UUID,  # noqa: A002 - the argument's public name
        starts_at: Any,
    ) -> queries.LessonShown:
        api.reschedule_lesson(
            lesson_id=id, by=info.context.actor.known_id, starts_at=starts_at, now=now()
        )
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_complete_booked_lesson(_root: Any, info: Any, id: UUID) -> queries.LessonShown:  # noqa: A002 - the argument's public name
        api.complete_lesson(lesson_id=id, by=info.context.actor.known_id, now=now())
        return _lesson(info, id)

    @staticmethod
    @keyed
    def resolve_report_absence(_root: Any, info: Any, id: UUID) -> queries.LessonShown:  # noqa: A002 - the argument's public name
        api.report_absence(lesson_id=id, by=info.context.actor.known_id, now=now())
        return _lesson(info, id)

    @staticmethod
    def resolve_enter_lesson_room(_root: Any, info: Any, id: UUID) -> api.Room:  # noqa: A002 - the argument's public name
        return api.enter_room(lesson_id=id, person_id=info.context.actor.known_id, now=now())

    @staticmethod
    def resolve_rotate_calendar(_root: Any, info: Any) -> str:
        token = api.rotate_calendar(person_id=info.context.actor.known_id, now=now())
        feed = reverse("calendar-feed", kwargs={"token": token})
        return f"{settings.PUBLIC_URL}{feed}"


def _lesson(info: Any, lesson_id: UUID) -> queries.LessonShown:
    return queries.lesson(lesson_id, seen_by=info.context.actor.known_id)


def _tutors(context: Context, rows: list[Any]) -> list[queries.TutorShown]:
    context.show(row.pk for row in rows)
    return [queries.tutor_shown(row) for row in rows]
