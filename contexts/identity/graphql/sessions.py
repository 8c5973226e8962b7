"""Sessions over GraphQL, with the limits of REST."""

from typing import Any

import graphene

from contexts.identity import api
from contexts.identity.rest.sessions import Refresh, SignIn
from contexts.shared.http.clients import client_of
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import new_id, now


class TokenPair(DtoType, dto=api.TokenPair): ...


class SignedIn(DtoType, dto=api.SignedIn): ...


class Mutation:
    sign_in = graphene.Field(SignedIn, **arguments_of(SignIn))
    refresh = graphene.Field(
        TokenPair,
        **arguments_of(Refresh),
        description="The same refresh token gets the same new one for half a minute. Sent later "
        "again, it ends the session.",
    )
    sign_out = graphene.Boolean(description="End this session.")

    @staticmethod
    def resolve_sign_in(_root: Any, info: Any, **arguments: Any) -> api.SignedIn:
        body = checked(SignIn, **arguments)
        client = client_of(info.context.request, device=body.pop("device_token"))
        return api.sign_in(session_id=new_id(), client=client, now=now(), **body)

    @staticmethod
    def resolve_refresh(_root: Any, info: Any, **arguments: Any) -> api.TokenPair:
        spend(info.context.request, scope="credentials")
        return api.refresh(now=now(), **checked(Refresh, **arguments))

    @staticmethod
    def resolve_sign_out(_root: Any, info: Any) -> bool:
        actor = info.context.actor
        if actor.known_id and actor.session_id:
            api.sign_out(session_id=actor.session_id, now=now())
        return True
