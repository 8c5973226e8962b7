"""Our terms, and what the caller has agreed to and allowed, over GraphQL."""

from typing import Any

import graphene
from django.utils.translation import get_language

from contexts.identity import api, queries
from contexts.identity.rest.agreements import Agree
from contexts.identity.rest.consents import ConsentAnswers, by_purpose
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.kernel import now


class LegalVersion(DtoType, dto=queries.LegalVersion): ...


class LegalText(DtoType, dto=queries.LegalText): ...


class Agreement(DtoType, dto=queries.Agreement): ...


class Consent(DtoType, dto=queries.Consent): ...


class Query:
    legal = graphene.List(
        graphene.NonNull(LegalVersion),
        required=True,
        description="All versions of our terms and of our privacy notice.",
    )
    legal_text = graphene.Field(
        LegalText,
        kind=graphene.String(required=True),
        version=graphene.String(required=True),
        description="The text of a version, in the language that the request accepts.",
    )
    agreements, resolve_agreements = listing(
        Agreement,
        queries.agreements_of,
        ordering=("-at", "-id"),
        to_nodes=lambda _, rows: [queries.agreement(row) for row in rows],
    )
    consents = graphene.List(
        graphene.NonNull(Consent),
        description="Optional purposes for which the caller's data may be used.",
    )

    @staticmethod
    def resolve_legal(_root: Any, _info: Any) -> list[queries.LegalVersion]:
        return queries.legal_versions(now=now())

    @staticmethod
    def resolve_legal_text(_root: Any, _info: Any, kind: str, version: str) -> queries.LegalText:
        return queries.legal_text(kind, version, language=get_language() or "en")

    @staticmethod
    def resolve_consents(_root: Any, info: Any) -> list[queries.Consent]:
        return queries.consents_of(info.context.actor.known_id)


class Mutation:
    agree = graphene.Boolean(
        **arguments_of(Agree) | {"language": graphene.String()},
        description="Agree to our terms. Agreeing again changes nothing.",
    )
    set_consents = graphene.List(
        graphene.NonNull(Consent),
        **arguments_of(ConsentAnswers),
        description="Allow or revoke purposes. Those that are not named stay as they are.",
    )

    @staticmethod
    def resolve_agree(_root: Any, info: Any, **arguments: Any) -> bool:
        body = checked(Agree, **arguments)
        api.agree(user_id=info.context.actor.known_id, face="graphql", now=now(), **body)
        return True

    @staticmethod
    def resolve_set_consents(_root: Any, info: Any, **arguments: Any) -> list[queries.Consent]:
        user_id = info.context.actor.known_id
        api.set_consents(
            user_id=user_id,
            granted=by_purpose(checked(ConsentAnswers, **arguments)["consents"]),
            face="graphql",
            language=get_language() or "en",
            now=now(),
        )
        return queries.consents_of(user_id)
