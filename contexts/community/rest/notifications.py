"""Notifications over REST, and the address of their stream."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import now
from contexts.shared.kernel.shapes import OMITTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    ids: Annotated[list[UUID], MaxLen(100), "All of the caller's unless named."] = OMITTED


class Notifications(ListView):
    """The caller's notifications, newest first."""

    operations = {"GET": "list_notifications"}
    serializer_class = serializer_of(queries.Notification)
    filterset_class = queries.NotificationFilter
    ordering = ("-number",)

    def get_queryset(self) -> Any:
        return queries.notifications_of(self.actor.known_id)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.notifications(page, seen_by=self.actor.known_id)


class UnreadView(ApiView):
    """The number of the caller's unread notifications."""

    operations = {"GET": "count_unread_notifications"}
    serializer_class = serializer_of(Unread)

    def get(self, request: Request) -> Response:
        return Response(Unread(unread=queries.unread_count(self.actor.known_id)))


class Reading(ApiView):
    """Mark notifications as read."""

    operations = {"POST": "read_notifications"}
    serializer_class = body_of(Read)

    @extend_schema(responses={200: serializer_of(Unread)})
    @idempotent
    def post(self, request: Request) -> Response:
        member_id, ids = self.actor.known_id, self.body(request).get("ids")
        api.read_notifications(member_id=member_id, ids=ids, now=now())
        return Response(Unread(unread=queries.unread_count(member_id)))


class StreamView(ApiView):
    """Ask for the address of the caller's stream of notifications (server-sent events)."""

    operations = {"POST": "open_stream"}
    serializer_class = serializer_of(api.Stream)

    @extend_schema(request=None, responses={201: serializer_of(api.Stream)})
    def post(self, request: Request) -> Response:
        member_id, session_id = self.actor.known_id, self.actor.session_id
        stream = api.open_stream(member_id=member_id, session_id=session_id, now=now())
        return Response(stream, status=201)
