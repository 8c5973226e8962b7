"""Community's part of the GraphQL schema."""

from contexts.community.graphql import (
    corrections,
    members,
    moderation,
    notifications,
    reputation,
    submissions,
    turns,
)


class Query(
    members.Query, submissions.Query, turns.Query, reputation.Query, notifications.Query
): ...


class Mutation(
    submissions.Mutation,
    turns.Mutation,
    corrections.Mutation,
    notifications.Mutation,
    moderation.Mutation,
): ...
