"""The caller's password and address over GraphQL."""

from typing import Any

import graphene

from contexts.identity import api
from contexts.identity.rest.accounts import Link
from contexts.identity.rest.credentials import NewAddress, NewPassword
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import arguments_of
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import now


class Mutation:
    change_password = graphene.Boolean(
        **arguments_of(NewPassword),
        description="Set a new password. All other sessions end, and a mail tells the owner.",
    )
    request_address_change = graphene.Boolean(
        **arguments_of(NewAddress),
        description="Mail a link to a new address. The old one counts until it is opened.",
    )
    confirm_address = graphene.Boolean(
        **arguments_of(Link),
        description="Change the address with the mailed token. Every session ends.",
    )

    @staticmethod
    def resolve_change_password(_root: Any, info: Any, **arguments: Any) -> bool:
        actor = info.context.actor
        api.change_password(
            user_id=actor.known_id,
            session_id=actor.session_id,
            now=now(),
            **checked(NewPassword, **arguments),
        )
        return True

    @staticmethod
    def resolve_request_address_change(_root: Any, info: Any, **arguments: Any) -> bool:
        actor = info.context.actor
        api.request_address_change(
            user_id=actor.known_id,
            session_id=actor.session_id,
            now=now(),
            **checked(NewAddress, **arguments),
        )
        return True

    @staticmethod
    def resolve_confirm_address(_root: Any, info: Any, **arguments: Any) -> bool:
        spend(info.context.request, scope="credentials")
        api.confirm_address(now=now(), **checked(Link, **arguments))
        return True
