"""Turns at texts over GraphQL: the feed, and ten minutes for a correction."""

from typing import Any
from uuid import UUID

import graphene

from contexts.community import api, queries
from contexts.community.graphql import texts
from contexts.shared.http.graphql.checking import filtered
from contexts.shared.http.graphql.connections import PAGE_ARGUMENTS, Page, connection, page_of
from contexts.shared.http.graphql.derived import filter_arguments
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now

_SUBMISSION = {"submission": Uuid(required=True)}


class Query:
    feed = graphene.Field(
        connection(texts.Text),
        **filter_arguments(queries.FeedFilter),
        **PAGE_ARGUMENTS,
        description="Texts that the caller may correct.",
    )

    @staticmethod
    def resolve_feed(
        _root: Any, info: Any, *, first: int | None = None, after: str | None = None, **by: Any
    ) -> Page:
        offered = queries.feed(info.context.actor.known_id, now=now())
        return page_of(
            filtered(queries.FeedFilter, offered, **by),
            ordering=("-ranked_at", "-id"),
            first=first,
            after=after,
            to_nodes=lambda rows: texts.offered(info.context, rows),
        )


class Mutation:
    take_text = graphene.Field(texts.Text, **_SUBMISSION)
    take_next_text = graphene.Field(texts.Text)
    release_text = graphene.Boolean(**_SUBMISSION)

    @staticmethod
    @keyed
    def resolve_take_text(_root: Any, info: Any, submission: UUID) -> queries.TextSummary:
        api.take(submission_id=submission, member_id=info.context.actor.known_id, now=now())
        return texts.one(info.context, submission)

    @staticmethod
    @keyed
    def resolve_take_next_text(_root: Any, info: Any) -> queries.TextSummary:
        submission_id = api.take_next(member_id=info.context.actor.known_id, now=now())
        return texts.one(info.context, submission_id)

    @staticmethod
    def resolve_release_text(_root: Any, info: Any, submission: UUID) -> bool:
        api.release(submission_id=submission, member_id=info.context.actor.known_id)
        return True
