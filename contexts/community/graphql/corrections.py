"""Corrections and their edits over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.community import api, queries
from contexts.community.graphql import texts
from contexts.community.rest.corrections import Correct, SentenceAnswer, to_answer
from contexts.community.rest.edits import Dispute, Say
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import arguments_of, input_of
from contexts.shared.http.graphql.keys import keyed
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import new_id, now

_EDIT = {"edit": Uuid(required=True)}
AnswerInput = input_of(SentenceAnswer, "AnswerInput")


class Mutation:
    correct_text = graphene.Field(
        texts.Text, submission=Uuid(required=True), **arguments_of(Correct)
    )
    accept_edit = graphene.Boolean(**_EDIT)
    dispute_edit = graphene.Boolean(**_EDIT, **arguments_of(Dispute))
    reply_to_edit = Uuid(**_EDIT, **arguments_of(Say))
    thank_for_correction = graphene.Boolean(correction=Uuid(required=True))

    @staticmethod
    @keyed
    def resolve_correct_text(
        _root: Any, info: Any, submission: UUID, **arguments: Any
    ) -> queries.TextSummary:
        corrector_id, body = info.context.actor.known_id, checked(Correct, **arguments)
        api.correct(
            correction_id=new_id(),
            submission_id=submission,
            corrector_id=corrector_id,
            answers=[to_answer(sentence) for sentence in body["sentences"]],
            comment=body["comment"],
            now=now(),
        )
        return texts.one(info.context, submission)

    @staticmethod
    @keyed
    def resolve_accept_edit(_root: Any, info: Any, edit: UUID) -> bool:
        api.accept(edit_id=edit, writer_id=info.context.actor.known_id, now=now())
        return True

    @staticmethod
    @keyed
    def resolve_dispute_edit(_root: Any, info: Any, edit: UUID, **arguments: Any) -> bool:
        writer_id, body = info.context.actor.known_id, checked(Dispute, **arguments)
        api.dispute(edit_id=edit, writer_id=writer_id, now=now(), **body)
        return True

    @staticmethod
    @keyed
    def resolve_reply_to_edit(_root: Any, info: Any, edit: UUID, **arguments: Any) -> UUID:
        author_id, body = info.context.actor.known_id, checked(Say, **arguments)
        return api.reply(reply_id=new_id(), edit_id=edit, author_id=author_id, now=now(), **body)

    @staticmethod
    @keyed
    def resolve_thank_for_correction(_root: Any, info: Any, correction: UUID) -> bool:
        api.thank(correction_id=correction, writer_id=info.context.actor.known_id, now=now())
        return True
