"""Edits over REST: accepting, disputing and discussing them."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api
from contexts.community.rest.corrections import LONGEST_REMARK, Created
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import new_id, now


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    reason: Annotated[str, MaxLen(500)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    text: Annotated[str, MaxLen(LONGEST_REMARK)]


class Acceptance(ApiView):
    """Accept an edit, as the writer."""

    operations = {"POST": "accept_edit"}
    serializer_class = None

    @extend_schema(request=None, responses={204: None})
    @idempotent
    @refuses(api.EditNotFound, api.AlreadyDecided)
    def post(self, request: Request, edit: UUID) -> Response:
        api.accept(edit_id=edit, writer_id=self.actor.known_id, now=now())
        return Response(status=204)


class DisputeView(ApiView):
    """Dispute an edit, as the writer."""

    operations = {"POST": "dispute_edit"}
    serializer_class = body_of(Dispute)

    @extend_schema(responses={204: None})
    @idempotent
    @refuses(api.EditNotFound, api.AlreadyDecided, api.ContactDetails)
    def post(self, request: Request, edit: UUID) -> Response:
        body = self.body(request)
        api.dispute(edit_id=edit, writer_id=self.actor.known_id, now=now(), **body)
        return Response(status=204)


class Replies(ApiView):
    """Reply about an edit, as its writer or its corrector."""

    operations = {"POST": "reply_to_edit"}
    serializer_class = body_of(Say)

    @extend_schema(responses={201: serializer_of(Created)})
    @idempotent
    @refuses(api.EditNotFound, api.DailyLimit, api.ContactDetails)
    def post(self, request: Request, edit: UUID) -> Response:
        author_id, body = self.actor.known_id, self.body(request)
        reply_id = api.reply(
            reply_id=new_id(), edit_id=edit, author_id=author_id, now=now(), **body
        )
        return Response(Created(id=reply_id), status=201)
