"""Tutors over REST: how they come, what they offer, how they are found."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.openapi import InvalidRequest
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import UnknownLanguage, now
from contexts.tutoring import api, queries
from contexts.tutoring.rest import serializers

_HOURS_REFUSED = (
    api.NotATutor,
    api.HoursMalformed,
    api.HoursOverlap,
    api.TooMuchAvailability,
    api.UnknownTimeZone,
)


class Application(ApiView):
    """The caller's wish to teach."""

    operations = {"GET": "get_application", "POST": "apply_to_teach"}
    serializer_class = serializers.ApplicationSerializer

    @refuses(api.NotATutor)
    def get(self, request: Request) -> Response:
        return Response(queries.application(self.actor.known_id))

    @extend_schema(
        request=serializers.ApplySerializer, responses={201: serializers.ApplicationSerializer}
    )
    @idempotent
    @refuses(
        api.AlreadyATutor,
        api.LanguagesMissing,
        UnknownLanguage,
        api.IntroductionTooLong,
        api.UnknownTimeZone,
    )
    def post(self, request: Request) -> Response:
        """Ask to teach; somebody of the staff decides."""
        given = _checked(serializers.ApplySerializer, request.data)
        person_id = self.actor.known_id
        api.apply_as_tutor(person_id=person_id, now=now(), **given)
        return Response(queries.application(person_id), status=201)


class Availability(ApiView):
    """The caller's hours as a tutor."""

    operations = {"GET": "get_availability", "PUT": "set_hours"}
    serializer_class = serializers.AvailabilitySerializer

    @refuses(api.NotATutor)
    def get(self, request: Request) -> Response:
        return Response(queries.availability(self.actor.known_id))

    @extend_schema(
        request=serializers.WeekSerializer, responses={200: serializers.AvailabilitySerializer}
    )
    @refuses(*_HOURS_REFUSED)
    def put(self, request: Request) -> Response:
        """Replace the weekly hours and how lessons are cut out of them."""
        given = _checked(serializers.WeekSerializer, request.data)
        api.set_hours(tutor_id=self.actor.known_id, **given)
        return Response(queries.availability(self.actor.known_id))


class Overrides(ApiView):
    """Dates that differ from their weeks."""

    operations = {"PUT": "set_overrides"}
    serializer_class = serializers.AvailabilitySerializer

    @extend_schema(
        request=serializers.OverridesSerializer,
        responses={200: serializers.AvailabilitySerializer},
    )
    @refuses(*_HOURS_REFUSED)
    def put(self, request: Request) -> Response:
        """Replace them all."""
        given = _checked(serializers.OverridesSerializer, request.data)
        api.set_overrides(tutor_id=self.actor.known_id, **given)
        return Response(queries.availability(self.actor.known_id))


class Travels(ApiView):
    """Dates on which the caller lives by the clock of another zone."""

    operations = {"PUT": "set_travels"}
    serializer_class = serializers.AvailabilitySerializer

    @extend_schema(
        request=serializers.TravelsSerializer, responses={200: serializers.AvailabilitySerializer}
    )
    @refuses(*_HOURS_REFUSED, api.TravelsOverlap)
    def put(self, request: Request) -> Response:
        """Replace them all."""
        given = _checked(serializers.TravelsSerializer, request.data)
        api.set_travels(tutor_id=self.actor.known_id, **given)
        return Response(queries.availability(self.actor.known_id))


class Policies(ApiView):
    """The terms that a lesson can be booked on."""

    operations = {"GET": "list_policies"}
    serializer_class = serializers.PoliciesSerializer
    pagination_class = None

    def get(self, request: Request) -> Response:
        return Response({"policies": queries.policies()})


class Tutors(ListView):
    """Who teaches a language, and when they are free."""

    operations = {"GET": "list_tutors"}
    serializer_class = serializers.FoundTutorSerializer
    filterset_class = queries.TutorFilter
    ordering = ("id",)

    def get_queryset(self) -> Any:
        return queries.tutors(self.actor.known_id)

    @extend_schema(parameters=[serializers.WindowSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """With `from` and `to`, those who have a free slot in between.

        A page may then hold fewer than asked for, while `next` still leads on.
        """
        self.window = _checked(serializers.WindowSerializer, request.query_params)
        return super().get(request, *args, **kwargs)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        if self.window:
            return queries.tutors_with_slots(page, **self.window, now=now())
        return queries.tutors_without_slots(page)


class Tutor(ApiView):
    """A tutor who takes bookings."""

    operations = {"GET": "get_tutor"}
    serializer_class = serializers.TutorSerializer

    @refuses(api.TutorNotFound)
    def get(self, request: Request, tutor: UUID) -> Response:
        return Response(queries.tutor(tutor, asker_id=self.actor.known_id))


class Slots(ApiView):
    """A tutor's free slots in a window of at most 31 days."""

    operations = {"GET": "list_slots"}
    serializer_class = serializers.SlotsSerializer

    @extend_schema(parameters=[serializers.WindowSerializer])
    @refuses(InvalidRequest, api.TutorNotFound)
    def get(self, request: Request, tutor: UUID) -> Response:
        asker_id, moment = self.actor.known_id, now()
        asked = {"from": moment.isoformat(), **request.query_params.dict()}
        window = _checked(serializers.WindowSerializer, asked)
        return Response(queries.slots_of(tutor, asker_id=asker_id, **window, now=moment))


def _checked(serializer: Any, data: Any) -> dict[str, Any]:
    asked = serializer(data=data)
    asked.is_valid(raise_exception=True)
    given: dict[str, Any] = asked.validated_data
    return given
