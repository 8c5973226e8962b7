"""Policies over GraphQL."""

from typing import Any

import graphene

from contexts.shared.http.graphql.derived import DtoType
from contexts.tutoring import queries


class CancellationBand(DtoType, dto=queries.Band): ...


class LessonPolicy(DtoType, dto=queries.Policy): ...


class Query:
    lesson_policies = graphene.List(graphene.NonNull(LessonPolicy))

    @staticmethod
    def resolve_lesson_policies(_root: Any, info: Any) -> list[queries.Policy]:
        _ = info.context.actor.known_id
        return queries.policies()
