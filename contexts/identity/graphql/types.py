import graphene

from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Instant, Uuid


class Studied(DtoType):
    language = graphene.String(required=True, description="BCP 47.")
    level = graphene.String(required=True, description="CEFR.")


class StudiedInput(graphene.InputObjectType):
    language = graphene.String(required=True)
    level = graphene.String(required=True)


class Profile(DtoType):
    """The caller, as only they see themselves."""

    id = Uuid(required=True)
    email = graphene.String(required=True)
    display_name = graphene.String(required=True)
    country = graphene.String(required=True, description="ISO 3166-1 alpha-2, or empty.")
    time_zone = graphene.String(required=True, description="IANA name.")
    interface_language = graphene.String(required=True)
    native_languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    studied_languages = graphene.List(graphene.NonNull(Studied), required=True)
    roles = graphene.List(graphene.NonNull(graphene.String), required=True)
    created_at = Instant(required=True)


class TokenPair(DtoType):
    access_token = graphene.String(required=True)
    refresh_token = graphene.String(required=True)
    expires_in = graphene.Int(required=True, description="Seconds.")
    token_type = graphene.String(required=True)


class Person(DtoType):
    """A person as others see them."""

    id = Uuid(required=True)
    display_name = graphene.String(required=True)
    native_languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    studied_languages = graphene.List(graphene.NonNull(Studied), required=True)


class KnownPerson(DtoType):
    id = Uuid(required=True)
    display_name = graphene.String(required=True)
    since = Instant(required=True)


class Erasure(DtoType):
    requested_at = Instant(required=True)
    due_at = Instant(required=True, description="Until then it can be withdrawn.")
