"""Tutors over REST: applying to teach, and finding a tutor."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import UnknownLanguage, now
from contexts.tutoring import api, queries
from contexts.tutoring.rest.windows import WindowSerializer

_Application = serializer_of(queries.Application)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    languages: Annotated[list[Annotated[str, MaxLen(35)]], MaxLen(10), "BCP 47."]
    introduction: Annotated[str, MaxLen(2_000)]
    time_zone: Annotated[str, MaxLen(64), "IANA name."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TutorProfile:
    languages: Annotated[list[Annotated[str, MaxLen(35)]], MaxLen(10), "BCP 47."]
    introduction: Annotated[str, MaxLen(2_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaching:
    state: Annotated[
        Literal["active", "paused", "left"],
        "Take bookings, take none, or stop teaching. Booked lessons stay.",
    ]
    reason: Annotated[Literal["", "holiday", "busy", "personal", "other"], "Of a pause."] = ""
    until: Annotated[
        date | None, "The day, in the tutor's zone, on which bookings are taken again."
    ] = None


class Application(ApiView):
    """The caller's application to teach."""

    operations = {
        "GET": "get_application",
        "POST": "apply_to_teach",
        "PUT": "change_tutor_profile",
    }
    serializer_class = _Application

    @refuses(api.NotATutor)
    def get(self, request: Request) -> Response:
        return Response(queries.application(self.actor.known_id))

    @extend_schema(request=body_of(Apply), responses={201: _Application})
    @idempotent
    @refuses(
        api.AlreadyATutor,
        api.LanguagesMissing,
        UnknownLanguage,
        api.IntroductionTooLong,
        api.ContactDetails,
        api.UnknownTimeZone,
    )
    def post(self, request: Request) -> Response:
        """Apply to teach. Staff decide."""
        person_id = self.actor.known_id
        api.apply_as_tutor(person_id=person_id, now=now(), **self.body(request, Apply))
        return Response(queries.application(person_id), status=201)

    @extend_schema(request=body_of(TutorProfile), responses={200: _Application})
    @refuses(
        api.NotATutor,
        api.NotInThisState,
        api.LanguagesMissing,
        UnknownLanguage,
        api.IntroductionTooLong,
        api.ContactDetails,
    )
    def put(self, request: Request) -> Response:
        """Change your languages and your introduction."""
        person_id = self.actor.known_id
        api.change_tutor_profile(tutor_id=person_id, **self.body(request, TutorProfile))
        return Response(queries.application(person_id))


class TutorStateView(ApiView):
    """Whether the caller takes bookings."""

    operations = {"PUT": "set_tutor_state"}
    serializer_class = _Application

    @extend_schema(request=body_of(Teaching), responses={200: _Application})
    @refuses(api.NotATutor, api.NotInThisState, api.PausedByStaff, api.PauseDay, api.NotAPause)
    def put(self, request: Request) -> Response:
        """Take bookings, pause, or leave."""
        person_id = self.actor.known_id
        api.set_tutor_state(tutor_id=person_id, now=now(), **self.body(request, Teaching))
        return Response(queries.application(person_id))


class Tutors(ListView):
    """Tutors of a language, with free slots on request."""

    operations = {"GET": "list_tutors"}
    serializer_class = serializer_of(queries.FoundTutor)
    filterset_class = queries.TutorFilter
    parameters = WindowSerializer
    ordering = ("id",)

    def get_queryset(self) -> Any:
        return queries.tutors(self.actor.known_id)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """With `from` and `to`, only tutors who have a free slot between them.

        Each shows the first twenty; all of them are at the tutor's own slots.
        A page may then hold fewer rows than its size, while `next` still leads on.
        """
        self.window = self.params(request)
        return super().get(request, *args, **kwargs)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        if self.window:
            return queries.tutors_with_slots(page, **self.window, now=now())
        return queries.tutors_without_slots(page)


class Tutor(ApiView):
    """A tutor who takes bookings."""

    operations = {"GET": "get_tutor"}
    serializer_class = serializer_of(queries.Tutor)

    @refuses(api.TutorNotFound)
    def get(self, request: Request, tutor: UUID) -> Response:
        return Response(queries.tutor(tutor, asker_id=self.actor.known_id))
