"""A tutor's own availability over GraphQL."""

from typing import Any

import graphene

from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import DtoType, arguments_of, input_of
from contexts.tutoring import api, queries
from contexts.tutoring.rest.availability import Overrides, Travels


class WeeklyRule(DtoType, dto=queries.Rule): ...


class DayOverride(DtoType, dto=queries.ChangedDay): ...


input_of(queries.ChangedDay, "OverrideInput")


class Availability(DtoType, dto=queries.Availability):
    # A text, like the policy of a tutor and of a lesson.
    policy = graphene.String(required=True)


class Query:
    availability = graphene.Field(Availability)

    @staticmethod
    def resolve_availability(_root: Any, info: Any) -> queries.Availability:
        return queries.availability(info.context.actor.known_id)


class Mutation:
    set_hours = graphene.Field(
        Availability, **arguments_of(queries.Week) | {"policy": graphene.String(required=True)}
    )
    set_overrides = graphene.Field(Availability, **arguments_of(Overrides))
    set_travels = graphene.Field(Availability, **arguments_of(Travels))

    @staticmethod
    def resolve_set_hours(_root: Any, info: Any, **arguments: Any) -> queries.Availability:
        tutor_id = info.context.actor.known_id
        api.set_hours(tutor_id=tutor_id, **checked(queries.Week, **arguments))
        return queries.availability(tutor_id)

    @staticmethod
    def resolve_set_overrides(_root: Any, info: Any, **arguments: Any) -> queries.Availability:
        tutor_id = info.context.actor.known_id
        api.set_overrides(tutor_id=tutor_id, **checked(Overrides, **arguments))
        return queries.availability(tutor_id)

    @staticmethod
    def resolve_set_travels(_root: Any, info: Any, **arguments: Any) -> queries.Availability:
        tutor_id = info.context.actor.known_id
        api.set_travels(tutor_id=tutor_id, **checked(Travels, **arguments))
        return queries.availability(tutor_id)
