"""Members over GraphQL."""

from typing import Any

import graphene

from contexts.community import queries
from contexts.shared.http.graphql.derived import DtoType


class Membership(DtoType, dto=queries.Membership): ...


class Member(DtoType, dto=queries.Member): ...


class Query:
    membership = graphene.Field(Membership, description="The caller as a member.")

    @staticmethod
    def resolve_membership(_root: Any, info: Any) -> queries.Membership:
        return queries.membership(info.context.actor.known_id)
