"""The type of a text, which every answer about texts shows."""

from functools import partial
from typing import Any
from uuid import UUID

import graphene

from contexts.community import queries
from contexts.community.graphql.members import Member
from contexts.shared.http.graphql.context import Context
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Instant
from contexts.shared.kernel import now


class TextSentence(DtoType, dto=queries.Sentence): ...


class EditReply(DtoType, dto=queries.Reply): ...


class TextEdit(DtoType, dto=queries.TextEdit): ...


class DraftNote(DtoType, dto=queries.Note): ...


class TextDraft(DtoType, dto=queries.Draft): ...


class TextCorrection(DtoType, dto=queries.Correction): ...


def _load(context: Context, id_: UUID) -> queries.TextSummary:
    return one(context, id_)


class Text(DtoType, dto=queries.TextSummary, node=_load):
    """A member's text. Drafts and corrections of all texts of an answer are loaded at once."""

    writer = graphene.Field(Member)
    leased_until = Instant(description="While it is the caller's turn.")
    draft = graphene.Field(TextDraft)
    corrections = graphene.List(graphene.NonNull(TextCorrection), required=True)

    @staticmethod
    def resolve_leased_until(root: Any, info: Any) -> Any:
        return _detail(root, info).leased_until

    @staticmethod
    def resolve_draft(root: Any, info: Any) -> Any:
        return _detail(root, info).draft

    @staticmethod
    def resolve_corrections(root: Any, info: Any) -> Any:
        return _detail(root, info).corrections


def _detail(root: Any, info: Any) -> Any:
    context = info.context
    loader = partial(queries.details_by_id, seen_by=context.actor.known_id, now=now())
    return context.load("text", root.id, loader)


def one(context: Context, submission_id: UUID) -> queries.TextSummary:
    """Return a text that the caller may see. Raises SubmissionNotFound."""
    context.show([submission_id])
    return queries.seen_summary(submission_id, seen_by=context.actor.known_id)


def own(context: Context, rows: list[Any]) -> list[queries.TextSummary]:
    """Return the caller's own texts of a page."""
    context.show(row.pk for row in rows)
    return queries.text_summaries(rows, seen_by=context.actor.known_id)


def offered(context: Context, rows: list[Any]) -> list[queries.TextSummary]:
    """Return the texts of a page of the feed."""
    context.show(row.pk for row in rows)
    return queries.feed_summaries(rows)
