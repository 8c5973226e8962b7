"""Reviews over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.courses import queries
from contexts.shared.http.graphql.checking import filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.context import selects
from contexts.shared.http.graphql.derived import DtoType, filter_arguments


class DueItem(DtoType, dto=queries.DueItem): ...


class Query:
    reviews = graphene.Field(
        connection(DueItem),
        **filter_arguments(queries.ReviewFilter),
        **PAGE_ARGUMENTS,
        description="The caller's words and corrections, the first due first.",
    )

    @staticmethod
    def resolve_reviews(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        learner_id = info.context.actor.known_id
        head = after is None and not by
        texts = selects(info, "text", "translation")
        return page_of(
            queries.first_reviews(learner_id) if head else _reviews(learner_id, **by),
            ordering=("due_at", "id"),
            first=first,
            after=after,
            to_nodes=lambda rows: queries.due_items(rows, texts=texts),
        )


def _reviews(learner_id: UUID, **by: Any) -> Any:
    return filtered(queries.ReviewFilter, queries.review_queue(learner_id), **by)
