"""Lessons over REST: booking them and all that may become of them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now
from contexts.tutoring import api, queries
from contexts.tutoring.rest import serializers

_SLOT_REFUSED = (
    api.TutorNotFound,
    api.TooLateToBook,
    api.TooFarAhead,
    api.SlotNotOffered,
    api.SlotTaken,
    api.LearnerBusy,
)


class Lessons(ListView):
    """The lessons that the caller has or gives, the latest first."""

    operations = {"GET": "list_lessons", "POST": "book_lesson"}
    serializer_class = serializers.LessonSerializer
    filterset_class = queries.LessonFilter
    ordering = ("-starts_at", "-id")
    to_dto = staticmethod(queries.lesson_shown)

    def get_queryset(self) -> Any:
        return queries.lessons_of(self.actor.known_id)

    @extend_schema(
        request=serializers.BookSerializer, responses={201: serializers.LessonSerializer}
    )
    @idempotent
    @refuses(
        *_SLOT_REFUSED,
        api.OwnLesson,
        api.LanguageNotTaught,
        api.NotEnoughCredits,
        api.BookingLapsed,
    )
    def post(self, request: Request) -> Response:
        """Book a free slot; one lesson credit is held for it."""
        asked = serializers.BookSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        learner_id, given = self.actor.known_id, asked.validated_data
        lesson_id = api.book_lesson(
            lesson_id=new_id(),
            learner_id=learner_id,
            tutor_id=given["tutor"],
            starts_at=given["starts_at"],
            language=given["language"],
            now=now(),
        )
        return Response(queries.lesson(lesson_id, seen_by=learner_id), status=201)


class Lesson(ApiView):
    """One of the caller's lessons."""

    operations = {"GET": "get_booked_lesson"}
    serializer_class = serializers.LessonSerializer

    @refuses(api.LessonNotFound)
    def get(self, request: Request, lesson: UUID) -> Response:
        return Response(queries.lesson(lesson, seen_by=self.actor.known_id))


class Cancellation(ApiView):
    """Call a lesson off; what that costs was agreed at booking."""

    operations = {"POST": "cancel_lesson"}
    serializer_class = serializers.LessonSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.LessonNotFound, api.LessonNotBooked, api.LessonStarted, api.LessonBinding)
    def post(self, request: Request, lesson: UUID) -> Response:
        person_id = self.actor.known_id
        api.cancel_lesson(lesson_id=lesson, by=person_id, now=now())
        return Response(queries.lesson(lesson, seen_by=person_id))


class Rescheduling(ApiView):
    """Move a lesson to another free slot of its tutor."""

    operations = {"POST": "reschedule_lesson"}
    serializer_class = serializers.RescheduleSerializer

    @extend_schema(responses={200: serializers.LessonSerializer})
    @idempotent
    @refuses(
        *_SLOT_REFUSED,
        api.LessonNotFound,
        api.OnlyTheLearner,
        api.LessonNotBooked,
        api.LessonStarted,
        api.TooLateToReschedule,
        api.TooManyReschedules,
    )
    def post(self, request: Request, lesson: UUID) -> Response:
        given, person_id = self.body(request), self.actor.known_id
        api.reschedule_lesson(
            lesson_id=lesson, by=person_id, starts_at=given["starts_at"], now=now()
        )
        return Response(queries.lesson(lesson, seen_by=person_id))


class Completion(ApiView):
    """The tutor says that a lesson took place."""

    operations = {"POST": "complete_booked_lesson"}
    serializer_class = serializers.LessonSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.LessonNotFound, api.OnlyTheTutor, api.LessonNotBooked, api.LessonNotOver)
    def post(self, request: Request, lesson: UUID) -> Response:
        person_id = self.actor.known_id
        api.complete_lesson(lesson_id=lesson, by=person_id, now=now())
        return Response(queries.lesson(lesson, seen_by=person_id))


class Absence(ApiView):
    """Say that the other did not come."""

    operations = {"POST": "report_absence"}
    serializer_class = serializers.LessonSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(
        api.LessonNotFound,
        api.LessonNotBooked,
        api.TooEarlyToReport,
        api.TooLateToReport,
        api.OtherWasThere,
    )
    def post(self, request: Request, lesson: UUID) -> Response:
        person_id = self.actor.known_id
        api.report_absence(lesson_id=lesson, by=person_id, now=now())
        return Response(queries.lesson(lesson, seen_by=person_id))


class Room(ApiView):
    """Enter the room of a lesson, from ten minutes before it until its end; again as you like."""

    operations = {"POST": "enter_room"}
    serializer_class = serializers.RoomSerializer

    # No Idempotency-Key: its answers are kept in clear text, and this one is a secret.
    @extend_schema(request=None)
    @refuses(api.LessonNotFound, api.LessonNotBooked, api.RoomNotOpen, api.RoomClosed)
    def post(self, request: Request, lesson: UUID) -> Response:
        return Response(api.enter_room(lesson_id=lesson, person_id=self.actor.known_id, now=now()))


class Calendar(ApiView):
    """The address at which a calendar program reads the caller's lessons."""

    operations = {"POST": "rotate_calendar"}
    serializer_class = serializers.CalendarSerializer

    # No Idempotency-Key: its answers are kept in clear text, and this one is a secret.
    @extend_schema(request=None, responses={201: serializers.CalendarSerializer})
    def post(self, request: Request) -> Response:
        """Make a new one; the one before is good for nothing from now on."""
        token = api.rotate_calendar(person_id=self.actor.known_id, now=now())
        feed = reverse("calendar-feed", kwargs={"token": token})
        return Response({"url": f"{settings.PUBLIC_URL}{feed}"}, status=201)
