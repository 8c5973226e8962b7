"""The development clock over REST."""

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from busuu.workshop import clock
from contexts.shared.http import serializers
from contexts.shared.http.permissions import role_required
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


class ClockSerializer(serializers.Serializer):
    advance_seconds = serializers.IntegerField(min_value=0, max_value=315_360_000)


@extend_schema(exclude=True)
class Clock(ApiView):
    """Return the time. A POST moves it forward for every process of this machine."""

    operations = {"GET": "get_clock", "POST": "advance_clock"}
    permission_classes = [role_required("admin")]
    serializer_class = ClockSerializer

    def get(self, request: Request) -> Response:
        return Response({"now": now()})

    @refuses(clock.ClockIsFixed, clock.TooFar)
    def post(self, request: Request) -> Response:
        body: dict[str, Any] = self.body(request)
        clock.advance(timedelta(seconds=body["advance_seconds"]))
        return self.get(request)
