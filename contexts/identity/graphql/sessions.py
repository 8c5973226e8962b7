"""Sessions over GraphQL, with the limits of REST."""

from typing import Any
from uuid import UUID

import graphene

from contexts.identity import api, queries
from contexts.identity.rest.sessions import Refresh, SignIn
from contexts.shared.http.clients import client_of
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import new_id, now


class TokenPair(DtoType, dto=api.TokenPair): ...


class SignedIn(DtoType, dto=api.SignedIn): ...


class OpenSession(DtoType, dto=queries.OpenSession): ...


def _nodes(context: Any, rows: list[Any]) -> list[queries.OpenSession]:
    return [queries.open_session(row, current=context.actor.session_id) for row in rows]


class Query:
    sessions, resolve_sessions = listing(
        OpenSession,
        lambda person_id: queries.open_sessions_of(person_id, now=now()),
        ordering=("-created_at", "-id"),
        to_nodes=_nodes,
    )


class Mutation:
    end_session = graphene.Boolean(session=Uuid(required=True), description="Sign out on a device.")
    end_other_sessions = graphene.Boolean(description="Sign out on all other devices.")
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
    def resolve_end_session(_root: Any, info: Any, session: UUID) -> bool:
        user_id = info.context.actor.known_id
        api.end_session(user_id=user_id, session_id=session, now=now())
        return True

    @staticmethod
    def resolve_end_other_sessions(_root: Any, info: Any) -> bool:
        actor = info.context.actor
        api.end_other_sessions(user_id=actor.known_id, but=actor.session_id, now=now())
        return True

    @staticmethod
    def resolve_sign_out(_root: Any, info: Any) -> bool:
        actor = info.context.actor
        if actor.known_id and actor.session_id:
            api.sign_out(session_id=actor.session_id, now=now())
        return True
