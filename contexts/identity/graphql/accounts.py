"""Accounts over GraphQL, with the limits of REST."""

from typing import Any

import graphene
from django.utils.translation import get_language

from contexts.identity import api
from contexts.identity.rest.accounts import Email, Register, Reset, Verify
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import arguments_of
from contexts.shared.http.throttling import spend
from contexts.shared.kernel import new_id, now

# A text, since a tag like pt-BR cannot be the name of an enumeration's value.
LANGUAGE = {"interface_language": graphene.String()}


class Mutation:
    register = graphene.Boolean(
        **arguments_of(Register) | LANGUAGE,
        description="Always true. The owner of the address learns more by mail.",
    )
    verify_address = graphene.Boolean(
        **arguments_of(Verify), description="Confirm an address with the mailed token."
    )
    resend_verification = graphene.Boolean(
        **arguments_of(Email),
        description="Ask for the verification mail once more. Always true.",
    )
    request_password_reset = graphene.Boolean(
        **arguments_of(Email),
        description="Ask for a link that sets a new password. Always true.",
    )
    reset_password = graphene.Boolean(
        **arguments_of(Reset),
        description="Set a new password with the mailed token. Every session ends.",
    )

    @staticmethod
    def resolve_register(_root: Any, info: Any, **arguments: Any) -> bool:
        spend(info.context.request, scope="mail", account=arguments["email"])
        body = checked(Register, **arguments)
        api.register(
            user_id=new_id(),
            face="graphql",
            language=get_language() or "en",
            now=now(),
            **body,
        )
        return True

    @staticmethod
    def resolve_verify_address(_root: Any, info: Any, **arguments: Any) -> bool:
        spend(info.context.request, scope="credentials")
        api.verify_address(now=now(), **checked(Verify, **arguments))
        return True

    @staticmethod
    def resolve_resend_verification(_root: Any, info: Any, **arguments: Any) -> bool:
        spend(info.context.request, scope="mail", account=arguments["email"])
        api.resend_verification(now=now(), **checked(Email, **arguments))
        return True

    @staticmethod
    def resolve_request_password_reset(_root: Any, info: Any, **arguments: Any) -> bool:
        spend(info.context.request, scope="mail", account=arguments["email"])
        api.request_password_reset(now=now(), **checked(Email, **arguments))
        return True

    @staticmethod
    def resolve_reset_password(_root: Any, info: Any, **arguments: Any) -> bool:
        spend(info.context.request, scope="credentials")
        api.reset_password(now=now(), **checked(Reset, **arguments))
        return True
