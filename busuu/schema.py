"""The GraphQL schema: every context's part."""

import graphene

from contexts.billing.graphql import schema as billing
from contexts.community.graphql import schema as community
from contexts.courses.graphql import schema as courses
from contexts.identity.graphql import schema as identity
from contexts.shared.http.graphql import nodes
from contexts.shared.http.graphql.describing import describe
from contexts.tutoring.graphql import schema as tutoring


class Query(
    nodes.Query,
    courses.Query,
    identity.Query,
    community.Query,
    tutoring.Query,
    billing.Query,
    graphene.ObjectType,
):
    """All queries. Lists are keyset pages. What belongs to other people is not found."""


class Mutation(
    courses.Mutation,
    identity.Mutation,
    community.Mutation,
    tutoring.Mutation,
    billing.Mutation,
    graphene.ObjectType,
):
    """All mutations. They run one after the other, each in its own transaction."""


schema = graphene.Schema(query=Query, mutation=Mutation)
describe(schema.graphql_schema)
