import graphene

from contexts.shared.http.graphql.types import DtoType, Instant, Uuid


class Membership(DtoType):
    id = Uuid(required=True)
    display_name = graphene.String(required=True)
    native_languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    studied_languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    lessons_completed = graphene.Int(required=True)
    last_learned_at = Instant()
