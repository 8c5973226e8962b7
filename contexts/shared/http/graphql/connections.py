"""Relay connections: lists in pages. `nodes` serves clients that need no cursors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import django_filters
import graphene

from contexts.shared.http.graphql.checking import filtered
from contexts.shared.http.graphql.cursors import after_cursor, cursor_of
from contexts.shared.http.graphql.derived import DtoType, filter_arguments
from contexts.shared.http.graphql.limits import DEFAULT_PAGE
from contexts.shared.http.paging import MAX_PAGE, InvalidPageSize

PAGE_ARGUMENTS = {
    "first": graphene.Int(description=f"1 to {MAX_PAGE}; {DEFAULT_PAGE} by default."),
    "after": graphene.String(description="The cursor of the last row of the previous page."),
}


@dataclass(frozen=True, slots=True)
class Edge:
    node: Any
    row: Any
    ordering: Sequence[str]

    @property
    def cursor(self) -> str:
        return cursor_of(self.row, self.ordering)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a connection. Cursors are computed only if a client selects them."""

    nodes: list[Any]
    rows: list[Any]
    ordering: Sequence[str]
    has_next_page: bool
    has_previous_page: bool = False

    @property
    def edges(self) -> list[Edge]:
        paired = zip(self.nodes, self.rows, strict=True)
        return [Edge(node, row, self.ordering) for node, row in paired]

    @property
    def page_info(self) -> "Page":
        return self

    @property
    def start_cursor(self) -> str | None:
        return cursor_of(self.rows[0], self.ordering) if self.rows else None

    @property
    def end_cursor(self) -> str | None:
        return cursor_of(self.rows[-1], self.ordering) if self.rows else None


class PageInfo(DtoType):
    """The place of a page in its list (Relay)."""

    has_next_page = graphene.Boolean(required=True, description="Whether rows follow.")
    has_previous_page = graphene.Boolean(required=True, description="Whether rows come before.")
    start_cursor = graphene.String(
        description="The cursor of the first row, null on an empty page."
    )
    end_cursor = graphene.String(description="The cursor of the last row, null on an empty page.")


@cache
def connection(node: type[graphene.ObjectType]) -> type[graphene.ObjectType]:
    """Return the connection type of a node type."""
    name = node._meta.name
    return type(
        f"{name}Connection",
        (DtoType,),
        {
            "__doc__": f"A page of `{name}`.",
            "edges": graphene.List(
                graphene.NonNull(_edge(node)),
                required=True,
                description="The rows of the page, each with its cursor.",
            ),
            "nodes": graphene.List(
                graphene.NonNull(node), required=True, description="The rows of the page."
            ),
            "page_info": graphene.Field(
                PageInfo, required=True, description="The place of the page in the list."
            ),
        },
    )


def _edge(node: type[graphene.ObjectType]) -> type[graphene.ObjectType]:
    name = node._meta.name
    return type(
        f"{name}Edge",
        (DtoType,),
        {
            "__doc__": f"A row of a page of `{name}`.",
            "node": graphene.Field(node, required=True, description="The row."),
            "cursor": graphene.String(
                required=True, description="The row's place in the list, for `after`."
            ),
        },
    )


def page_of(
    queryset: Any,
    *,
    ordering: Sequence[str],
    first: int | None,
    after: str | None,
    to_nodes: Callable[[list[Any]], list[Any]],
) -> Page:
    """Return a page, in one query beside those of `to_nodes`.

    Raises InvalidPageSize, InvalidCursor.
    """
    size = DEFAULT_PAGE if first is None else first
    if not 1 <= size <= MAX_PAGE:
        raise InvalidPageSize
    if after is not None:
        queryset = after_cursor(queryset, after, ordering)
    # One extra row tells whether there is a next page.
    rows = list(queryset.order_by(*ordering)[: size + 1])
    page = rows[:size]
    return Page(
        to_nodes(page),
        page,
        ordering,
        has_next_page=len(rows) > size,
        # The cursor is that of a row before this page.
        has_previous_page=after is not None,
    )


def listing(
    node: Any,
    rows: Callable[[UUID], Any],
    *,
    ordering: Sequence[str],
    to_nodes: Callable[[Any, list[Any]], list[Any]],
    filters: type[django_filters.FilterSet] | None = None,
    description: str | None = None,
) -> tuple[graphene.Field, staticmethod]:
    """Return the field and the resolver of a list of the caller's rows.

    `rows` returns the queryset for the caller's id. `to_nodes` returns the nodes of a page from
    the request's context and the rows. A FilterSet adds its arguments.
    """

    def resolve(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        queryset = rows(info.context.actor.known_id)
        return page_of(
            filtered(filters, queryset, **by) if filters else queryset,
            ordering=ordering,
            first=first,
            after=after,
            to_nodes=lambda page: to_nodes(info.context, page),
        )

    arguments = filter_arguments(filters) if filters else {}
    field = graphene.Field(connection(node), **arguments, **PAGE_ARGUMENTS, description=description)
    return field, staticmethod(resolve)
