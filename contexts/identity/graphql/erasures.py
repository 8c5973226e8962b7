"""The caller's request to be erased, over GraphQL."""

from typing import Any

import graphene

from contexts.identity import api, queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.kernel import now


class Erasure(DtoType, dto=queries.Erasure): ...


class Query:
    erasure = graphene.Field(Erasure, description="The request to be erased, if there is one.")

    @staticmethod
    def resolve_erasure(_root: Any, info: Any) -> queries.Erasure | None:
        return queries.erasure(info.context.actor.known_id)


class Mutation:
    request_erasure = graphene.Field(Erasure, description="Be erased two weeks from now.")
    withdraw_erasure = graphene.Boolean()

    @staticmethod
    @keyed
    def resolve_request_erasure(_root: Any, info: Any) -> queries.Erasure | None:
        api.request_erasure(user_id=info.context.actor.known_id, now=now())
        return queries.erasure(info.context.actor.known_id)

    @staticmethod
    def resolve_withdraw_erasure(_root: Any, info: Any) -> bool:
        api.withdraw_erasure(user_id=info.context.actor.known_id, now=now())
        return True
