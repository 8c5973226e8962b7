"""Points and reputation over GraphQL."""

from typing import Any

import graphene

from contexts.community import queries
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.derived import DtoType


class PointsLine(DtoType, dto=queries.PointsLine): ...


class Reputation(DtoType, dto=queries.Reputation): ...


class Query:
    points = graphene.Field(connection(PointsLine), **PAGE_ARGUMENTS)
    reputation = graphene.Field(Reputation)

    @staticmethod
    def resolve_points(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None
    ) -> Page:
        return page_of(
            queries.points_of(info.context.actor.known_id),
            ordering=("-created_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.points_line(row) for row in rows],
        )

    @staticmethod
    def resolve_reputation(_root: Any, info: Any) -> queries.Reputation:
        return queries.reputation_of(info.context.actor.known_id)
