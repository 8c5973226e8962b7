"""Prices over GraphQL."""

from typing import Any

import graphene

from contexts.billing import api, queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.kernel import now


class Price(DtoType, dto=queries.Price): ...


class Query:
    prices = graphene.List(
        graphene.NonNull(Price), description="Products for sale in the caller's country."
    )

    @staticmethod
    def resolve_prices(_root: Any, info: Any) -> list[queries.Price]:
        return api.prices_for(customer_id=info.context.actor.known_id, now=now())
