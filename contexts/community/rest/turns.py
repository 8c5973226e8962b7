"""Turns at texts over REST: the feed, and ten minutes for a correction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A turn at a text."""

    submission: UUID
    leased_until: datetime | None


class Feed(ListView):
    """Texts that the caller may correct. First corrections come before second ones."""

    operations = {"GET": "list_feed"}
    serializer_class = serializer_of(queries.TextSummary)
    filterset_class = queries.FeedFilter
    ordering = ("-ranked_at", "-id")

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            # The feed asks for the caller's languages first; the schema needs only its columns.
            return queries.texts_of(self.actor.known_id)
        return queries.feed(self.actor.known_id, now=now())

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.feed_summaries(page)


class TurnView(ApiView):
    """The caller's ten minutes at a text."""

    operations = {"POST": "take_submission", "DELETE": "release_submission"}
    serializer_class = serializer_of(Turn)

    @extend_schema(request=None)
    @idempotent
    @refuses(api.SubmissionNotFound, api.OwnText, api.AlreadyCorrected, api.NotOffered, api.Taken)
    def post(self, request: Request, submission: UUID) -> Response:
        """Take a text, or extend the caller's turn by ten minutes."""
        member_id = self.actor.known_id
        api.take(submission_id=submission, member_id=member_id, now=now())
        return Response(_turn(submission, member_id))

    @extend_schema(responses={204: None})
    @refuses(api.SubmissionNotFound, api.OwnText)
    def delete(self, request: Request, submission: UUID) -> Response:
        """Give the turn back."""
        api.release(submission_id=submission, member_id=self.actor.known_id)
        return Response(status=204)


class NextTurn(ApiView):
    """Take the text that needs the caller most, or keep the one in hand."""

    operations = {"POST": "take_next_submission"}
    serializer_class = serializer_of(Turn)

    @extend_schema(request=None)
    @idempotent
    @refuses(api.NothingToCorrect)
    def post(self, request: Request) -> Response:
        member_id = self.actor.known_id
        return Response(_turn(api.take_next(member_id=member_id, now=now()), member_id))


def _turn(submission_id: UUID, member_id: UUID) -> Turn:
    until = queries.leased_until(submission_id, member_id=member_id)
    return Turn(submission=submission_id, leased_until=until)
