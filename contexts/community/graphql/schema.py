from typing import Any

import graphene

from contexts.community import queries
from contexts.community.graphql import types


class Query:
    membership = graphene.Field(types.Membership, description="What community knows of the caller.")

    @staticmethod
    def resolve_membership(_root: Any, info: Any) -> queries.Membership:
        return queries.membership(info.context.actor.known_id)


class Mutation:
    pass
