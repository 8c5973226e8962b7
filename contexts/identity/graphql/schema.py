"""Identity's part of the GraphQL schema."""

from contexts.identity.graphql import accounts, contacts, erasures, profiles, sessions


class Query(profiles.Query, contacts.Query, erasures.Query): ...


class Mutation(
    accounts.Mutation,
    sessions.Mutation,
    profiles.Mutation,
    contacts.Mutation,
    erasures.Mutation,
): ...
