"""Points and reputation over REST."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from contexts.community import queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.views import ApiView, ListView


class Points(ListView):
    """The lines of the caller's points, newest first."""

    operations = {"GET": "list_points"}
    serializer_class = serializer_of(queries.PointsLine)
    ordering = ("-created_at", "-id")
    to_dto = staticmethod(queries.points_line)

    def get_queryset(self) -> Any:
        return queries.points_of(self.actor.known_id)


class MyReputation(ApiView):
    """The caller's points and reputation by language, with the numbers behind them."""

    operations = {"GET": "get_reputation"}
    serializer_class = serializer_of(queries.Reputation)

    def get(self, request: Request) -> Response:
        return Response(queries.reputation_of(self.actor.known_id))
