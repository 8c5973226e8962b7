"""Rooms of lessons over REST."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now
from contexts.tutoring import api


class Room(ApiView):
    """Enter the room of a lesson, from ten minutes before it until its end, as often as needed."""

    operations = {"POST": "enter_room"}
    serializer_class = serializer_of(api.Room)

    # No Idempotency-Key: stored answers are readable, and this one is a secret.
    @extend_schema(request=None)
    @refuses(api.LessonNotFound, api.LessonNotBooked, api.RoomNotOpen, api.RoomClosed)
    def post(self, request: Request, lesson: UUID) -> Response:
        return Response(api.enter_room(lesson_id=lesson, person_id=self.actor.known_id, now=now()))
