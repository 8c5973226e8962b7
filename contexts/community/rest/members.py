"""What members earn, are told and report, over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import api, queries
from contexts.community.rest import serializers
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now


class Points(ListView):
    """What the caller's points are made of, newest first."""

    operations = {"GET": "list_points"}
    serializer_class = serializers.PointsLineSerializer
    ordering = ("-created_at", "-id")
    to_dto = staticmethod(queries.points_line)

    def get_queryset(self) -> Any:
        return queries.points_of(self.actor.known_id)


class MyReputation(ApiView):
    """The caller's points in all and reputation by language, with the numbers behind it."""

    operations = {"GET": "get_reputation"}
    serializer_class = serializers.ReputationSerializer

    def get(self, request: Request) -> Response:
        return Response(queries.reputation_of(self.actor.known_id))


class Notifications(ListView):
    """What the caller was told, newest first."""

    operations = {"GET": "list_notifications"}
    serializer_class = serializers.NotificationSerializer
    filterset_class = queries.NotificationFilter
    ordering = ("-number",)

    def get_queryset(self) -> Any:
        return queries.notifications_of(self.actor.known_id)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.notifications(page)


class Unread(ApiView):
    """How many notifications the caller has not read."""

    operations = {"GET": "count_unread_notifications"}
    serializer_class = serializers.UnreadSerializer

    def get(self, request: Request) -> Response:
        return Response({"unread": queries.unread_count(self.actor.known_id)})


class Reading(ApiView):
    """Note that the caller has read notifications."""

    operations = {"POST": "read_notifications"}
    serializer_class = serializers.ReadSerializer

    @extend_schema(responses={200: serializers.UnreadSerializer})
    @idempotent
    def post(self, request: Request) -> Response:
        member_id = self.actor.known_id
        ids = self.body(request).get("ids")
        api.read_notifications(member_id=member_id, ids=ids, now=now())
        return Response({"unread": queries.unread_count(member_id)})


class Stream(ApiView):
    """Ask for the address of the caller's stream of notifications (server-sent events)."""

    operations = {"POST": "open_stream"}
    serializer_class = serializers.StreamSerializer

    @extend_schema(request=None, responses={201: serializers.StreamSerializer})
    def post(self, request: Request) -> Response:
        return Response(api.open_stream(member_id=self.actor.known_id, now=now()), status=201)


class Reports(ApiView):
    """Report a text, a correction or a member to the moderators."""

    operations = {"POST": "report"}
    serializer_class = serializers.ReportSerializer

    @extend_schema(responses={201: serializers.CreatedSerializer})
    @idempotent
    @refuses(api.SubjectNotFound, api.OwnDoing, api.DailyLimit)
    def post(self, request: Request) -> Response:
        given = self.body(request)
        report_id = api.report(
            report_id=new_id(),
            reporter_id=self.actor.known_id,
            kind=given["kind"],
            subject_id=given["subject"],
            reason=given["reason"],
            comment=given["comment"],
            now=now(),
        )
        return Response({"id": report_id}, status=201)
