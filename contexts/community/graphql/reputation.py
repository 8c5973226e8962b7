"""Points and reputation over GraphQL."""

from typing import Any

import graphene

from contexts.community import queries
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import DtoType


class PointsLine(DtoType, dto=queries.PointsLine): ...


class Reputation(DtoType, dto=queries.Reputation): ...


class Query:
    points, resolve_points = listing(
        PointsLine,
        queries.points_of,
        ordering=("-created_at", "-id"),
        to_nodes=lambda _, rows: [queries.points_line(row) for row in rows],
    )
    reputation = graphene.Field(Reputation)

    @staticmethod
    def resolve_reputation(_root: Any, info: Any) -> queries.Reputation:
        return queries.reputation_of(info.context.actor.known_id)
