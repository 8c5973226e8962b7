"""The caller's own texts over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.community import api, queries
from contexts.community.graphql import texts
from contexts.community.rest.submissions import Rewrite, Submit
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.connections import listing
from contexts.shared.http.graphql.derived import arguments_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import new_id, now

_SUBMISSION = {"submission": Uuid(required=True)}


class Query:
    submissions, resolve_submissions = listing(
        texts.Text,
        queries.texts_of,
        ordering=("-created_at", "-id"),
        to_nodes=texts.own,
        filters=queries.TextFilter,
        description="The caller's own texts, newest first.",
    )
    submission = graphene.Field(texts.Text, id=Uuid(required=True))

    @staticmethod
    def resolve_submission(_root: Any, info: Any, id: UUID) -> queries.TextSummary:
        return texts.one(info.context, id)


class Mutation:
    submit_text = graphene.Field(texts.Text, **arguments_of(Submit))
    rewrite_text = graphene.Field(texts.Text, **_SUBMISSION, **arguments_of(Rewrite))
    withdraw_text = graphene.Field(texts.Text, **_SUBMISSION)

    @staticmethod
    @keyed
    def resolve_submit_text(_root: Any, info: Any, **arguments: Any) -> queries.TextSummary:
        writer_id, body = info.context.actor.known_id, checked(Submit, **arguments)
        submission_id = api.submit(submission_id=new_id(), writer_id=writer_id, now=now(), **body)
        return texts.one(info.context, submission_id)

    @staticmethod
    def resolve_rewrite_text(
        _root: Any, info: Any, submission: UUID, **arguments: Any
    ) -> queries.TextSummary:
        writer_id, body = info.context.actor.known_id, checked(Rewrite, **arguments)
        api.rewrite(submission_id=submission, writer_id=writer_id, now=now(), **body)
        return texts.one(info.context, submission)

    @staticmethod
    @keyed
    def resolve_withdraw_text(_root: Any, info: Any, submission: UUID) -> queries.TextSummary:
        api.withdraw(submission_id=submission, writer_id=info.context.actor.known_id)
        return texts.one(info.context, submission)
