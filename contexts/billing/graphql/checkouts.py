"""Checkouts over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.billing import api, queries
from contexts.billing.rest.checkouts import Buy, Confirm
from contexts.shared.http.graphql.checking import checked, filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.derived import DtoType, arguments_of, filter_arguments
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import new_id, now


def _load(context: Any, id_: UUID) -> queries.Checkout:
    return queries.checkout(id_, customer_id=context.actor.known_id)


class QuotedTerms(DtoType, dto=queries.Terms): ...


class Quote(DtoType, dto=queries.Quote): ...


class Checkout(DtoType, dto=queries.Checkout, node=_load): ...


class Query:
    checkout = graphene.Field(Checkout, id=Uuid(required=True))
    checkouts = graphene.Field(
        connection(Checkout), **filter_arguments(queries.CheckoutFilter), **PAGE_ARGUMENTS
    )

    @staticmethod
    def resolve_checkout(_root: Any, info: Any, id: UUID) -> queries.Checkout:
        return _load(info.context, id)

    @staticmethod
    def resolve_checkouts(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        mine = queries.checkouts_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.CheckoutFilter, mine, **by),
            ordering=("-created_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.to_checkout(row) for row in rows],
        )


class Mutation:
    begin_checkout = graphene.Field(Checkout, **arguments_of(Buy))
    give_up_checkout = graphene.Field(Checkout, id=Uuid(required=True))
    confirm_checkout = graphene.Field(Checkout, id=Uuid(required=True), **arguments_of(Confirm))

    @staticmethod
    @keyed
    def resolve_begin_checkout(_root: Any, info: Any, **arguments: Any) -> queries.Checkout:
        customer_id = info.context.actor.known_id
        checkout_id = api.begin_checkout(
            checkout_id=new_id(), customer_id=customer_id, now=now(), **checked(Buy, **arguments)
        )
        return queries.checkout(checkout_id, customer_id=customer_id)

    @staticmethod
    @keyed
    def resolve_give_up_checkout(_root: Any, info: Any, id: UUID) -> queries.Checkout:
        customer_id = info.context.actor.known_id
        api.give_up_checkout(checkout_id=id, customer_id=customer_id, now=now())
        return queries.checkout(id, customer_id=customer_id)

    @staticmethod
    @keyed
    def resolve_confirm_checkout(
        _root: Any, info: Any, id: UUID, **arguments: Any
    ) -> queries.Checkout:
        customer_id = info.context.actor.known_id
        api.confirm_checkout(
            checkout_id=id, customer_id=customer_id, now=now(), **checked(Confirm, **arguments)
        )
        return queries.checkout(id, customer_id=customer_id)
