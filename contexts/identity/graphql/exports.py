"""The caller's own data over GraphQL."""

from typing import Any

import graphene

from contexts.identity import api, queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.kernel import new_id, now


class DataExport(DtoType, dto=queries.DataExport): ...


class Query:
    data_export = graphene.Field(
        DataExport, description="The caller's latest export of their own data, if there is one."
    )

    @staticmethod
    def resolve_data_export(_root: Any, info: Any) -> queries.DataExport | None:
        return queries.data_export(info.context.actor.known_id, now=now())


class Mutation:
    request_export = graphene.Field(
        DataExport, description="Ask for all data about the caller. A mail tells when it is ready."
    )

    @staticmethod
    @keyed
    def resolve_request_export(_root: Any, info: Any) -> queries.DataExport | None:
        user_id = info.context.actor.known_id
        api.request_export(export_id=new_id(), user_id=user_id, now=now())
        return queries.data_export(user_id, now=now())
