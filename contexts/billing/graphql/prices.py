"""Prices over GraphQL."""

from typing import Any

import graphene

from contexts.billing import api, queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.kernel import now


class Price(DtoType, dto=queries.Price): ...


class PriceCountry(DtoType, dto=queries.PriceCountry): ...


class Query:
    prices = graphene.List(
        graphene.NonNull(Price), description="Products for sale in the caller's country."
    )

    price_country = graphene.Field(
        PriceCountry, description="The country that decides the caller's prices and tax."
    )

    @staticmethod
    def resolve_prices(_root: Any, info: Any) -> list[queries.Price]:
        return api.prices_for(customer_id=info.context.actor.known_id, now=now()).results

    @staticmethod
    def resolve_price_country(_root: Any, info: Any) -> queries.PriceCountry:
        return api.price_country(customer_id=info.context.actor.known_id, now=now())
