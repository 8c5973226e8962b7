"""Billing's part of the GraphQL schema."""

from contexts.billing.graphql import (
    checkouts,
    entitlements,
    invoices,
    prices,
    subscriptions,
    vouchers,
    wallets,
)


class Query(
    subscriptions.Query,
    checkouts.Query,
    invoices.Query,
    entitlements.Query,
    wallets.Query,
    prices.Query,
): ...


class Mutation(vouchers.Mutation, subscriptions.Mutation, checkouts.Mutation): ...
