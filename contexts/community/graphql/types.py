"""Community as GraphQL shows it: the DTOs of queries."""

from functools import partial
from typing import Any

import graphene

from contexts.community import queries
from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Instant, Json, Uuid
from contexts.shared.kernel import now


def _many(kind: Any, **options: Any) -> Any:
    return graphene.List(graphene.NonNull(kind), required=True, **options)


class Membership(DtoType):
    id = Uuid(required=True)
    display_name = graphene.String(required=True)
    native_languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    studied_languages = graphene.List(graphene.NonNull(graphene.String), required=True)
    lessons_completed = graphene.Int(required=True)
    last_learned_at = Instant()


class Member(DtoType):
    """Somebody else; null in the place of one who is gone."""

    id = Uuid(required=True)
    name = graphene.String(required=True)
    native_languages = _many(graphene.String)


class TextSentence(DtoType):
    index = graphene.Int(required=True)
    start = graphene.Int(required=True, description="In code points of the text.")
    end = graphene.Int(required=True)
    text = graphene.String(required=True)


class EditReply(DtoType):
    id = Uuid(required=True)
    author = graphene.Field(Member)
    text = graphene.String(required=True)
    created_at = Instant(required=True)


class TextEdit(DtoType):
    """A change of a sentence, by a corrector or by a machine."""

    id = Uuid(required=True)
    sentence = graphene.Int(required=True)
    start = graphene.Int(required=True, description="In code points of the sentence in NFC.")
    end = graphene.Int(required=True)
    old = graphene.String(required=True)
    new = graphene.String(required=True)
    category = graphene.String(required=True)
    reason = graphene.String(required=True)
    source = graphene.String(required=True, description="human or machine.")
    state = graphene.String(required=True, description="open, accepted or disputed.")
    dispute_reason = graphene.String(required=True)
    replies = _many(EditReply)


class TextDraft(DtoType):
    """Made by a machine, and no correction."""

    state = graphene.String(required=True, description="pending, ready or unavailable.")
    source = graphene.String(required=True)
    notes = Json(required=True, description="As REST shows them.")
    edits = _many(TextEdit)


class CorrectedSentence(DtoType):
    index = graphene.Int(required=True)
    perfect = graphene.Boolean(required=True)
    text = graphene.String(required=True, description="The sentence with all edits made.")
    edits = _many(TextEdit)


class TextCorrection(DtoType):
    id = Uuid(required=True)
    corrector = graphene.Field(Member)
    comment = graphene.String(required=True)
    created_at = Instant(required=True)
    thanked_at = Instant()
    sentences = _many(CorrectedSentence)


class Text(DtoType):
    """A member's text; what was said about all texts of an answer is asked at once."""

    id = Uuid(required=True)
    writer = graphene.Field(Member)
    language = graphene.String(required=True)
    level = graphene.String(required=True)
    source = graphene.String(required=True)
    state = graphene.String(required=True)
    prompt = graphene.String(required=True)
    question = graphene.String(required=True)
    text = graphene.String(required=True)
    sentences = _many(TextSentence)
    corrections_count = graphene.Int(required=True)
    created_at = Instant(required=True)
    opened_at = Instant()
    moderation = graphene.String(required=True)
    leased_until = Instant(description="While it is the caller's turn.")
    draft = graphene.Field(TextDraft)
    corrections = _many(TextCorrection)

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
    loader = partial(queries.shown_details, seen_by=context.actor.known_id, now=now())
    return context.load("text", root.id, loader)


class Turn(DtoType):
    """A turn at a text."""

    submission = Uuid(required=True)
    leased_until = Instant()


class PointsLine(DtoType):
    id = Uuid(required=True)
    points = graphene.Int(required=True)
    reason = graphene.String(required=True)
    quantity = graphene.Int(required=True)
    cause = Uuid(required=True, description="The correction or the edit.")
    language = graphene.String(required=True)
    created_at = Instant(required=True)


class LanguageReputation(DtoType):
    language = graphene.String(required=True)
    score = graphene.Float(required=True)
    accepted = graphene.Int(required=True)
    disputed = graphene.Int(required=True)
    prior_mean = graphene.Float(required=True)
    prior_weight = graphene.Int(required=True)


class Reputation(DtoType):
    points = graphene.Int(required=True)
    languages = _many(LanguageReputation)


class Notification(DtoType):
    id = Uuid(required=True)
    number = graphene.Int(required=True, description="Grows by one with each of the caller's.")
    kind = graphene.String(required=True)
    actor = graphene.Field(Member)
    subject = Uuid(description="A correction, an edit or a lesson, as `kind` says.")
    submission = Uuid()
    created_at = Instant(required=True)
    read_at = Instant()


class ProposedEditInput(graphene.InputObjectType):
    start = graphene.Int(required=True)
    end = graphene.Int(required=True)
    old = graphene.String(required=True)
    new = graphene.String(required=True)
    category = graphene.String()
    reason = graphene.String()


class AnswerInput(graphene.InputObjectType):
    """Of a sentence: that it is perfect, edits in order, or what it should read."""

    index = graphene.Int(required=True)
    perfect = graphene.Boolean()
    edits = graphene.List(graphene.NonNull(ProposedEditInput))
    corrected = graphene.String()


class StreamAddress(DtoType):
    """Where one stream can be opened, once."""

    url = graphene.String(required=True)
    expires_at = Instant(required=True)
