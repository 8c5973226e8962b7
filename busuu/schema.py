"""The GraphQL schema: every context's part."""

import graphene

from contexts.community.graphql import schema as community
from contexts.courses.graphql import schema as courses
from contexts.identity.graphql import schema as identity


class Query(courses.Query, identity.Query, community.Query, graphene.ObjectType):
    """What can be asked. Lists are keyset pages; what is somebody else's is not found."""


class Mutation(courses.Mutation, identity.Mutation, graphene.ObjectType):
    """What can be done; each by itself, one after the other."""


schema = graphene.Schema(query=Query, mutation=Mutation)
