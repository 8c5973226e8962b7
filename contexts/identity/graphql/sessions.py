"""Sessions over GraphQL, with the limits of REST."""

from typing import Any

import graphene

from contexts.identity import api
from contexts.identity.rest.sessions import Refresh, SignIn
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import new_id, now


class TokenPair(DtoType, dto=api.TokenPair): ...


class Mutation:
    sign_in = graphene.Field(TokenPair, **arguments_of(SignIn))
    refresh = graphene.Field(
        TokenPair,
        **arguments_of(Refresh),
        description="A refresh token works once; a second use ends the session.",
    )
    sign_out = graphene.Boolean(description="End this session.")

    @staticmethod
    def resolve_sign_in(_root: Any, info: Any, **arguments: Any) -> api.TokenPair:
        request = info.context.request
        spend(request, scope="credentials", account=arguments["email"])
        body = checked(SignIn, **arguments)
        agent = request.headers.get("User-Agent", "")
        return api.sign_in(session_id=new_id(), user_agent=agent, now=now(), **body)

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
