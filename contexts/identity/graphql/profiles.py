"""The caller's own profile over GraphQL."""

from typing import Any

import graphene

from contexts.identity import api, queries
from contexts.identity.graphql.accounts import LANGUAGE
from contexts.identity.rest.profiles import Changes, Languages
from contexts.shared.http.derived import body_of
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.kernel import now


class Studied(DtoType, dto=queries.Studied): ...


class Profile(DtoType, dto=queries.Profile):
    interface_language = graphene.String(required=True)


class Query:
    me = graphene.Field(Profile)

    @staticmethod
    def resolve_me(_root: Any, info: Any) -> queries.Profile:
        return _profile(info.context)


class Mutation:
    change_profile = graphene.Field(
        Profile,
        **arguments_of(Changes, partial=True) | LANGUAGE,
        description="Change the named fields. The others stay.",
    )
    set_languages = graphene.Field(Profile, **arguments_of(Languages))

    @staticmethod
    def resolve_change_profile(_root: Any, info: Any, **arguments: Any) -> queries.Profile:
        user_id = info.context.actor.known_id
        changes = checked(body_of(Changes, "Profile"), partial=True, **arguments)
        api.change_profile(user_id=user_id, changes=changes, now=now())
        return _profile(info.context)

    @staticmethod
    def resolve_set_languages(_root: Any, info: Any, **arguments: Any) -> queries.Profile:
        body = checked(Languages, **arguments)
        api.set_languages(
            user_id=info.context.actor.known_id,
            native=body["native"],
            studied=[queries.Studied(**each) for each in body["studied"]],
            now=now(),
        )
        return _profile(info.context)


def _profile(context: Context) -> queries.Profile:
    return queries.profile(context.actor.known_id, roles=context.actor.roles, now=now())
