"""Lesson credits over GraphQL."""

from typing import Any

import graphene

from contexts.billing import queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.kernel import now


class CreditGrant(DtoType, dto=queries.Grant): ...


class Wallet(DtoType, dto=queries.Wallet): ...


class Query:
    wallet = graphene.Field(Wallet, description="The caller's lesson credits.")

    @staticmethod
    def resolve_wallet(_root: Any, info: Any) -> queries.Wallet:
        return queries.wallet(info.context.actor.known_id, now=now())
