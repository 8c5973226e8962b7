"""Invoices over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.billing import queries
from contexts.shared.http.graphql.checking import filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.derived import DtoType, filter_arguments


def _load(context: Any, id_: UUID) -> queries.Invoice:
    return queries.invoice(id_, customer_id=context.actor.known_id)


class Invoice(DtoType, dto=queries.Invoice, node=_load): ...


class Query:
    invoices = graphene.Field(
        connection(Invoice), **filter_arguments(queries.InvoiceFilter), **PAGE_ARGUMENTS
    )

    @staticmethod
    def resolve_invoices(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        mine = queries.invoices_of(info.context.actor.known_id)
        return page_of(
            filtered(queries.InvoiceFilter, mine, **by),
            ordering=("-issued_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: [queries.to_invoice(row) for row in rows],
        )
