"""A tutor's own availability over REST."""

from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.tutoring import api, queries

_refused = refuses(
    api.NotATutor,
    api.HoursMalformed,
    api.HoursOverlap,
    api.TooMuchAvailability,
    api.UnknownTimeZone,
)
_Availability = serializer_of(queries.Availability)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    overrides: Annotated[list[queries.ChangedDay], MaxLen(366)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Travels:
    travels: Annotated[list[queries.Travel], MaxLen(20)]


class AvailabilityView(ApiView):
    """The caller's hours as a tutor."""

    operations = {"GET": "get_availability", "PUT": "set_hours"}
    serializer_class = _Availability

    @refuses(api.NotATutor)
    def get(self, request: Request) -> Response:
        return Response(queries.availability(self.actor.known_id))

    @extend_schema(request=body_of(queries.Week), responses={200: _Availability})
    @_refused
    def put(self, request: Request) -> Response:
        """Replace the weekly hours and how lessons are cut out of them."""
        api.set_hours(tutor_id=self.actor.known_id, **self.body(request, queries.Week))
        return Response(queries.availability(self.actor.known_id))


class OverridesView(ApiView):
    """Dates that differ from their weeks."""

    operations = {"PUT": "set_overrides"}
    serializer_class = _Availability

    @extend_schema(request=body_of(Overrides), responses={200: _Availability})
    @_refused
    def put(self, request: Request) -> Response:
        """Replace all overrides."""
        api.set_overrides(tutor_id=self.actor.known_id, **self.body(request, Overrides))
        return Response(queries.availability(self.actor.known_id))


class TravelsView(ApiView):
    """Dates on which the caller lives by the clock of another zone."""

    operations = {"PUT": "set_travels"}
    serializer_class = _Availability

    @extend_schema(request=body_of(Travels), responses={200: _Availability})
    @_refused
    @refuses(api.TravelsOverlap)
    def put(self, request: Request) -> Response:
        """Replace all travels."""
        api.set_travels(tutor_id=self.actor.known_id, **self.body(request, Travels))
        return Response(queries.availability(self.actor.known_id))
