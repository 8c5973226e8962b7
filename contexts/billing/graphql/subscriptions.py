"""Subscriptions over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.billing import api, queries
from contexts.shared.http.graphql.checking import filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.derived import DtoType, filter_arguments
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now


def _load(context: Any, id_: UUID) -> queries.Subscription:
    return queries.subscription(id_, customer_id=context.actor.known_id)


class PlanSubscription(DtoType, dto=queries.Subscription, node=_load): ...


class Query:
    subscriptions = graphene.Field(
        connection(PlanSubscription),
        **filter_arguments(queries.SubscriptionFilter),
        **PAGE_ARGUMENTS,
    )

    @staticmethod
    def resolve_subscriptions(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        mine = queries.subscriptions_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.SubscriptionFilter, mine, **by),
            ordering=("-started_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.to_subscription(row) for row in rows],
        )


class Mutation:
    cancel_subscription = graphene.Field(PlanSubscription, subscription=Uuid(required=True))
    resume_subscription = graphene.Field(PlanSubscription, subscription=Uuid(required=True))
    pay_due = graphene.String(
        subscription=Uuid(required=True), description="The page to pay what is due."
    )

    @staticmethod
    @keyed
    def resolve_cancel_subscription(
        _root: Any, info: Any, subscription: UUID
    ) -> queries.Subscription:
        customer_id = info.context.actor.known_id
        api.ask_to_cancel(subscription_id=subscription, customer_id=customer_id, now=now())
        return queries.subscription(subscription, customer_id=customer_id)

    @staticmethod
    @keyed
    def resolve_resume_subscription(
        _root: Any, info: Any, subscription: UUID
    ) -> queries.Subscription:
        customer_id = info.context.actor.known_id
        api.resume_subscription(subscription_id=subscription, customer_id=customer_id, now=now())
        return queries.subscription(subscription, customer_id=customer_id)

    @staticmethod
    def resolve_pay_due(_root: Any, info: Any, subscription: UUID) -> str:
        customer_id = info.context.actor.known_id
        return api.due_page(subscription_id=subscription, customer_id=customer_id, now=now())
