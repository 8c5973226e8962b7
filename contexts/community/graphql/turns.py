"""Turns at texts over GraphQL: the feed, and ten minutes for a correction."""

from typing import Any
from uuid import UUID

import graphene

from contexts.community import api, queries
from contexts.community.graphql import texts
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now

_SUBMISSION = {"submission": Uuid(required=True)}


class Query:
    feed, resolve_feed = listing(
        texts.Text,
        lambda member_id: queries.feed(member_id, now=now()),
        ordering=("-ranked_at", "-id"),
        to_nodes=texts.offered,
        filters=queries.FeedFilter,
        description="Texts that the caller may correct.",
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
