"""Tutoring as GraphQL shows it: the DTOs of queries."""

from functools import partial
from typing import Any

import graphene

from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Instant, Json, Uuid
from contexts.shared.kernel import now
from contexts.tutoring import queries
from contexts.tutoring.rest.serializers import WindowSerializer

WINDOW = {"from": Instant(), "to": Instant()}


class Slot(DtoType):
    """A free slot, in UTC and on the caller's clock."""

    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    local_starts_at = Instant(required=True)
    local_ends_at = Instant(required=True)


class Tutor(DtoType):
    """A tutor who takes bookings."""

    id = Uuid(required=True)
    name = graphene.String(required=True)
    languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    introduction = graphene.String(required=True)
    policy = graphene.String(required=True)
    lesson_minutes = graphene.Int(required=True)
    slots = graphene.List(
        graphene.NonNull(Slot),
        required=True,
        **WINDOW,
        description="Free in a window: a week from now unless told, 31 days at most.",
    )

    @staticmethod
    def resolve_slots(root: Any, info: Any, **window: Any) -> list[queries.SlotShown]:
        moment, context = now(), info.context
        given = {name: at.isoformat() for name, at in window.items() if at is not None}
        asked = checked(WindowSerializer, **{"from": moment.isoformat(), **given})
        key = ("slots", *(given.get(name) for name in ("from", "to")))
        load = partial(queries.slots_by_tutor, asker_id=context.actor.known_id, **asked, now=moment)
        return context.load(key, root.id, load) or []


class LessonPerson(DtoType):
    id = Uuid(required=True)
    name = graphene.String(required=True)


class BookedLesson(DtoType):
    """One of the caller's lessons with a tutor, or of those that they give."""

    id = Uuid(required=True)
    role = graphene.String(required=True, description="The caller's part: learner or tutor.")
    state = graphene.String(required=True, description="As REST says it.")
    learner = graphene.Field(LessonPerson)
    tutor = graphene.Field(LessonPerson)
    language = graphene.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    policy = graphene.String(required=True, description="As agreed at booking.")
    bound = graphene.Boolean(required=True)
    moved = graphene.Int(required=True)
    spent_percent = graphene.Int(description="Of the credit.")
    ended_by = graphene.String(required=True)
    absent = graphene.String(required=True)
    created_at = Instant(required=True)


class LessonRoom(DtoType):
    url = graphene.String(required=True, description="The caller's own.")
    opens_at = Instant(required=True)
    closes_at = Instant(required=True)


class TutorApplication(DtoType):
    """Where the caller's wish to teach stands."""

    id = Uuid(required=True)
    state = graphene.String(required=True)
    languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    introduction = graphene.String(required=True)
    applied_at = Instant(required=True)
    approved_at = Instant()


class Availability(DtoType):
    """The caller's hours as a tutor."""

    time_zone = graphene.String(required=True)
    lesson_minutes = graphene.Int(required=True)
    grid_minutes = graphene.Int(required=True)
    notice_minutes = graphene.Int(required=True)
    horizon_days = graphene.Int(required=True)
    buffer_minutes = graphene.Int(required=True)
    policy = graphene.String(required=True)
    rules = Json(required=True, description="As REST shows them.")
    overrides = Json(required=True, description="As REST shows them.")
    travels = Json(required=True, description="As REST shows them.")


class CancellationBand(DtoType):
    notice_minutes = graphene.Int(required=True)
    spent_percent = graphene.Int(required=True)


class LessonPolicy(DtoType):
    """Terms of booking; with less notice than any band says, all of the credit is spent."""

    name = graphene.String(required=True)
    cancellation = graphene.List(graphene.NonNull(CancellationBand), required=True)
    reschedule_notice_minutes = graphene.Int(required=True)
    most_reschedules = graphene.Int(required=True)
    binds_within_minutes = graphene.Int(required=True)
    learner_absent_percent = graphene.Int(required=True)
    tutor_absent_percent = graphene.Int(required=True)
    wait_minutes = graphene.Int(required=True)
