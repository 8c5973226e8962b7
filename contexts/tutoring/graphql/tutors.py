"""Tutors over GraphQL: applying to teach, and finding a tutor."""

from functools import partial
from typing import Any
from uuid import UUID

import graphene

from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Instant, Uuid
from contexts.shared.kernel import now
from contexts.tutoring import api, queries
from contexts.tutoring.rest.tutors import Apply, Teaching, TutorProfile
from contexts.tutoring.rest.windows import WindowSerializer


class Slot(DtoType, dto=queries.Slot): ...


class Tutor(DtoType, dto=queries.Tutor):
    slots = graphene.List(
        graphene.NonNull(Slot),
        required=True,
        **{"from": Instant()},
        to=Instant(),
        description="Free in a window: a week from now by default, 31 days at most. "
        "In a list of tutors, the first twenty of each.",
    )

    @staticmethod
    def resolve_slots(root: Any, info: Any, **window: Any) -> list[queries.Slot]:
        moment, context = now(), info.context
        limits = {name: at.isoformat() for name, at in window.items() if at is not None}
        span = checked(WindowSerializer, **{"from": moment.isoformat(), **limits})
        key = ("slots", *(limits.get(name) for name in ("from", "to")))
        load = partial(queries.slots_by_tutor, asker_id=context.actor.known_id, **span, now=moment)
        return context.load(key, root.id, load) or []


class TutorApplication(DtoType, dto=queries.Application): ...


def _tutors(context: Context, rows: list[Any]) -> list[queries.Tutor]:
    context.show(row.pk for row in rows)
    return [queries.to_tutor(row) for row in rows]


class Query:
    tutors, resolve_tutors = listing(
        Tutor,
        queries.tutors,
        ordering=("id",),
        to_nodes=_tutors,
        filters=queries.TutorFilter,
        description="Tutors who take bookings. Their `slots` say when they are free.",
    )
    tutor = graphene.Field(Tutor, id=Uuid(required=True))
    tutor_application = graphene.Field(TutorApplication)

    @staticmethod
    def resolve_tutor(_root: Any, info: Any, id: UUID) -> queries.Tutor:
        info.context.show([id])
        return queries.tutor(id, asker_id=info.context.actor.known_id)

    @staticmethod
    def resolve_tutor_application(_root: Any, info: Any) -> queries.Application:
        return queries.application(info.context.actor.known_id)


class Mutation:
    apply_to_teach = graphene.Field(TutorApplication, **arguments_of(Apply))
    change_tutor_profile = graphene.Field(TutorApplication, **arguments_of(TutorProfile))
    set_tutor_state = graphene.Field(TutorApplication, **arguments_of(Teaching))

    @staticmethod
    @keyed
    def resolve_apply_to_teach(_root: Any, info: Any, **arguments: Any) -> queries.Application:
        person_id = info.context.actor.known_id
        api.apply_as_tutor(person_id=person_id, now=now(), **checked(Apply, **arguments))
        return queries.application(person_id)

    @staticmethod
    def resolve_change_tutor_profile(
        _root: Any, info: Any, **arguments: Any
    ) -> queries.Application:
        person_id = info.context.actor.known_id
        api.change_tutor_profile(tutor_id=person_id, **checked(TutorProfile, **arguments))
        return queries.application(person_id)

    @staticmethod
    def resolve_set_tutor_state(_root: Any, info: Any, **arguments: Any) -> queries.Application:
        person_id = info.context.actor.known_id
        api.set_tutor_state(tutor_id=person_id, now=now(), **checked(Teaching, **arguments))
        return queries.application(person_id)
