"""Entitlements over GraphQL."""

from typing import Any

import graphene

from contexts.billing import queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.kernel import now


class EntitlementSource(DtoType, dto=queries.Source): ...


class Entitlement(DtoType, dto=queries.Entitlement): ...


class Entitlements(DtoType, dto=queries.Entitlements): ...


class Query:
    entitlements = graphene.Field(Entitlements)

    @staticmethod
    def resolve_entitlements(_root: Any, info: Any) -> queries.Entitlements:
        return queries.entitlements(info.context.actor.known_id, now=now())
