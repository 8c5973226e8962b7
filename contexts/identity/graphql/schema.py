"""Accounts and profiles over GraphQL: the same doors and the same limits as REST's."""

from typing import Any

import graphene

from contexts.identity import api, queries
from contexts.identity.graphql import people, types
from contexts.identity.rest import serializers
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import new_id, now


class Query(people.Query):
    me = graphene.Field(types.Profile)

    @staticmethod
    def resolve_me(_root: Any, info: Any) -> queries.Profile:
        return _profile(info.context)


class Mutation(people.Mutation):
    register = graphene.Boolean(
        email=graphene.String(required=True),
        password=graphene.String(required=True),
        interface_language=graphene.String(),
        description="True whoever has the address; its owner learns more by mail.",
    )
    verify_address = graphene.Boolean(
        token=graphene.String(required=True),
        description="Show, with the mailed token, that the address is yours.",
    )
    resend_verification = graphene.Boolean(
        email=graphene.String(required=True),
        description="True whoever has the address; asks for the verification mail once more.",
    )
    request_password_reset = graphene.Boolean(
        email=graphene.String(required=True),
        description="True whoever has the address; its owner gets a link by mail.",
    )
    reset_password = graphene.Boolean(
        token=graphene.String(required=True),
        password=graphene.String(required=True),
        description="Set a new password with the mailed token; every session ends.",
    )
    sign_in = graphene.Field(
        types.TokenPair,
        email=graphene.String(required=True),
        password=graphene.String(required=True),
    )
    refresh = graphene.Field(
        types.TokenPair,
        refresh_token=graphene.String(required=True),
        description="A refresh token works once; used again, it ends the session.",
    )
    sign_out = graphene.Boolean(description="End this session.")
    change_profile = graphene.Field(
        types.Profile,
        display_name=graphene.String(),
        country=graphene.String(),
        time_zone=graphene.String(),
        interface_language=graphene.String(),
        description="Change what is named, leave the rest.",
    )
    set_languages = graphene.Field(
        types.Profile,
        native=graphene.List(graphene.NonNull(graphene.String), required=True),
        studied=graphene.List(graphene.NonNull(types.StudiedInput), required=True),
    )

    @staticmethod
    def resolve_register(_root: Any, info: Any, **given: Any) -> bool:
        spend(info.context.request, scope="mail", account=given["email"])
        asked = checked(serializers.RegisterSerializer, **given)
        api.register(user_id=new_id(), now=now(), **asked)
        return True

    @staticmethod
    def resolve_verify_address(_root: Any, info: Any, **given: Any) -> bool:
        spend(info.context.request, scope="credentials")
        api.verify_address(now=now(), **checked(serializers.LinkSerializer, **given))
        return True

    @staticmethod
    def resolve_resend_verification(_root: Any, info: Any, **given: Any) -> bool:
        spend(info.context.request, scope="mail", account=given["email"])
        api.resend_verification(now=now(), **checked(serializers.EmailSerializer, **given))
        return True

    @staticmethod
    def resolve_request_password_reset(_root: Any, info: Any, **given: Any) -> bool:
        spend(info.context.request, scope="mail", account=given["email"])
        api.request_password_reset(now=now(), **checked(serializers.EmailSerializer, **given))
        return True

    @staticmethod
    def resolve_reset_password(_root: Any, info: Any, **given: Any) -> bool:
        spend(info.context.request, scope="credentials")
        api.reset_password(now=now(), **checked(serializers.ResetSerializer, **given))
        return True

    @staticmethod
    def resolve_sign_in(_root: Any, info: Any, **given: Any) -> api.TokenPair:
        request = info.context.request
        spend(request, scope="credentials", account=given["email"])
        asked = checked(serializers.SignInSerializer, **given)
        agent = request.headers.get("User-Agent", "")
        return api.sign_in(session_id=new_id(), user_agent=agent, now=now(), **asked)

    @staticmethod
    def resolve_refresh(_root: Any, info: Any, **given: Any) -> api.TokenPair:
        spend(info.context.request, scope="credentials")
        return api.refresh(now=now(), **checked(serializers.RefreshSerializer, **given))

    @staticmethod
    def resolve_sign_out(_root: Any, info: Any) -> bool:
        actor = info.context.actor
        if actor.known_id and actor.session_id:
            api.sign_out(session_id=actor.session_id, now=now())
        return True

    @staticmethod
    def resolve_change_profile(_root: Any, info: Any, **given: Any) -> queries.Profile:
        user_id = info.context.actor.known_id
        changes = checked(serializers.ProfileSerializer, partial=True, **given)
        api.change_profile(user_id=user_id, changes=changes, now=now())
        return _profile(info.context)

    @staticmethod
    def resolve_set_languages(_root: Any, info: Any, **given: Any) -> queries.Profile:
        user_id = info.context.actor.known_id
        said = checked(serializers.LanguagesSerializer, **given)
        studied = [api.StudiedLanguage(**one) for one in said["studied"]]
        api.set_languages(user_id=user_id, native=said["native"], studied=studied, now=now())
        return _profile(info.context)


def _profile(context: Context) -> queries.Profile:
    return queries.profile(context.actor.known_id, roles=context.actor.roles)
