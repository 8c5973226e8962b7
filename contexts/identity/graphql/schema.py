"""Identity's part of the GraphQL schema."""

from contexts.identity.graphql import (
    accounts,
    contacts,
    credentials,
    erasures,
    exports,
    legal,
    profiles,
    sessions,
)


class Query(
    profiles.Query,
    contacts.Query,
    erasures.Query,
    exports.Query,
    sessions.Query,
    legal.Query,
): ...


class Mutation(
    accounts.Mutation,
    sessions.Mutation,
    credentials.Mutation,
    exports.Mutation,
    profiles.Mutation,
    contacts.Mutation,
    erasures.Mutation,
    legal.Mutation,
): ...
