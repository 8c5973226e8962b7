"""Billing over GraphQL: the same doors as REST's."""

from typing import Any
from uuid import UUID

import graphene

from contexts.billing import api, queries
from contexts.billing.graphql import types
from contexts.billing.rest import serializers
from contexts.shared.http.graphql.checking import checked, filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Instant, Uuid
from contexts.shared.kernel import new_id, now


class Query:
    prices = graphene.List(
        graphene.NonNull(types.Price), description="What is for sale in the caller's country."
    )
    wallet = graphene.Field(types.Wallet, description="The caller's lesson credits.")
    entitlements = graphene.Field(types.Entitlements)
    invoices = graphene.Field(
        connection(types.Invoice),
        **{"from": Instant()},
        to=Instant(),
        **PAGE_ARGUMENTS,
    )
    checkout = graphene.Field(types.Checkout, id=Uuid(required=True))
    checkouts = graphene.Field(
        connection(types.Checkout),
        status=graphene.String(),
        product=graphene.String(),
        **PAGE_ARGUMENTS,
    )
    subscriptions = graphene.Field(
        connection(types.PlanSubscription), status=graphene.String(), **PAGE_ARGUMENTS
    )

    @staticmethod
    def resolve_prices(_root: Any, info: Any) -> list[queries.PriceShown]:
        return api.prices_for(customer_id=info.context.actor.known_id, now=now())

    @staticmethod
    def resolve_wallet(_root: Any, info: Any) -> queries.WalletShown:
        return queries.wallet(info.context.actor.known_id, now=now())

    @staticmethod
    def resolve_entitlements(_root: Any, info: Any) -> queries.EntitlementsShown:
        return queries.entitlements(info.context.actor.known_id, now=now())

    @staticmethod
    def resolve_invoices(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        mine = queries.invoices_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.InvoiceFilter, mine, **by),
            ordering=("-issued_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.invoice_shown(row) for row in rows],
        )

    @staticmethod
    def resolve_checkout(_root: Any, info: Any, id: UUID) -> queries.CheckoutShown:
        return queries.checkout(id, customer_id=info.context.actor.known_id)

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
            to_nodes=lambda rows: [queries.checkout_shown(row) for row in rows],
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
            to_nodes=lambda rows: [queries.subscription_shown(row) for row in rows],
        )


class Mutation:
    begin_checkout = graphene.Field(
        types.Checkout,
        product=graphene.String(required=True),
        voucher=graphene.String(),
        trial=graphene.Boolean(),
    )
    cancel_subscription = graphene.Field(types.PlanSubscription, subscription=Uuid(required=True))
    redeem_voucher = graphene.Field(types.Entitlements, code=graphene.String(required=True))

    @staticmethod
    @keyed
    def resolve_begin_checkout(_root: Any, info: Any, **given: Any) -> queries.CheckoutShown:
        customer_id = info.context.actor.known_id
        asked = checked(serializers.BuySerializer, **given)
        checkout_id = api.begin_checkout(
            checkout_id=new_id(), customer_id=customer_id, now=now(), **asked
        )
        return queries.checkout(checkout_id, customer_id=customer_id)

    @staticmethod
    @keyed
    def resolve_cancel_subscription(
        _root: Any, info: Any, subscription: UUID
    ) -> queries.SubscriptionShown:
        customer_id = info.context.actor.known_id
        api.ask_to_cancel(subscription_id=subscription, customer_id=customer_id, now=now())
        return queries.subscription(subscription, customer_id=customer_id)

    @staticmethod
    @keyed
    def resolve_redeem_voucher(_root: Any, info: Any, code: str) -> queries.EntitlementsShown:
        customer_id = info.context.actor.known_id
        asked = checked(serializers.RedeemSerializer, code=code)
        api.redeem_voucher(customer_id=customer_id, now=now(), **asked)
        return queries.entitlements(customer_id, now=now())
