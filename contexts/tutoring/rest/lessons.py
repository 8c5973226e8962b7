"""Lessons over REST: booking, moving, canceling and concluding them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from annotated_types import MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now
from contexts.tutoring import api, queries

_SLOT_REFUSED = (
    api.TutorNotFound,
    api.TooLateToBook,
    api.TooFarAhead,
    api.SlotNotOffered,
    api.SlotTaken,
    api.LearnerBusy,
)
_BookedLesson = serializer_of(queries.BookedLesson)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    tutor: UUID
    starts_at: datetime
    language: Annotated[str, MaxLen(35), "As the tutor spells it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reschedule:
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAbsence:
    agree: Annotated[bool, "True: you were not there. False: you were, and staff decide."]


class Lessons(ListView):
    """The caller's lessons as learner and as tutor, the latest first."""

    operations = {"GET": "list_lessons", "POST": "book_lesson"}
    serializer_class = _BookedLesson
    filterset_class = queries.LessonFilter
    ordering = ("-starts_at", "-id")
    to_dto = staticmethod(queries.to_lesson)

    def get_queryset(self) -> Any:
        return queries.lessons_of(self.actor.known_id)

    @extend_schema(request=body_of(Book), responses={201: _BookedLesson})
    @idempotent
    @refuses(
        *_SLOT_REFUSED,
        api.OwnLesson,
        api.LanguageNotTaught,
        api.TooManyOpenLessons,
        api.TooManyCancellations,
        api.NotEnoughCredits,
        api.BookingLapsed,
    )
    def post(self, request: Request) -> Response:
        """Book a free slot. Lesson credit is held for its length."""
        learner_id, body = self.actor.known_id, self.body(request, Book)
        lesson_id = api.book_lesson(
            lesson_id=new_id(),
            learner_id=learner_id,
            tutor_id=body["tutor"],
            starts_at=body["starts_at"],
            language=body["language"],
            now=now(),
        )
        return Response(queries.lesson(lesson_id, seen_by=learner_id), status=201)


class LessonView(ApiView):
    serializer_class = _BookedLesson

    def show(self, lesson: UUID) -> Response:
        return Response(queries.lesson(lesson, seen_by=self.actor.known_id))


class Lesson(LessonView):
    """One of the caller's lessons."""

    operations = {"GET": "get_booked_lesson"}

    @refuses(api.LessonNotFound)
    def get(self, request: Request, lesson: UUID) -> Response:
        return self.show(lesson)


class Cancellation(LessonView):
    """Cancel a lesson. The policy agreed at booking decides the cost."""

    operations = {"POST": "cancel_lesson"}

    @extend_schema(request=None)
    @idempotent
    @refuses(api.LessonNotFound, api.LessonNotBooked, api.LessonStarted, api.LessonBinding)
    def post(self, request: Request, lesson: UUID) -> Response:
        api.cancel_lesson(lesson_id=lesson, by=self.actor.known_id, now=now())
        return self.show(lesson)


class Rescheduling(LessonView):
    """Move a lesson to another free slot of its tutor."""

    operations = {"POST": "reschedule_lesson"}

    @extend_schema(request=body_of(Reschedule))
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
        body = self.body(request, Reschedule)
        api.reschedule_lesson(lesson_id=lesson, by=self.actor.known_id, **body, now=now())
        return self.show(lesson)


class Completion(LessonView):
    """Complete a lesson, as its tutor."""

    operations = {"POST": "complete_booked_lesson"}

    @extend_schema(request=None)
    @idempotent
    @refuses(
        api.LessonNotFound,
        api.OnlyTheTutor,
        api.LessonNotBooked,
        api.LessonNotOver,
        api.NotThereYourself,
        api.LearnerMayReport,
    )
    def post(self, request: Request, lesson: UUID) -> Response:
        api.complete_lesson(lesson_id=lesson, by=self.actor.known_id, now=now())
        return self.show(lesson)


class Absence(LessonView):
    """Report that the other participant did not come. The credit waits for the answer."""

    operations = {"POST": "report_absence"}

    @extend_schema(request=None)
    @idempotent
    @refuses(
        api.LessonNotFound,
        api.LessonNotBooked,
        api.TooEarlyToReport,
        api.TooLateToReport,
        api.NotThereYourself,
        api.OtherWasThere,
    )
    def post(self, request: Request, lesson: UUID) -> Response:
        api.report_absence(lesson_id=lesson, by=self.actor.known_id, now=now())
        return self.show(lesson)


class AbsenceAnswer(LessonView):
    """Answer a report of your own absence: agree, or dispute it."""

    operations = {"POST": "answer_absence"}

    @extend_schema(request=body_of(AnswerAbsence))
    @idempotent
    @refuses(api.LessonNotFound, api.NothingToAnswer)
    def post(self, request: Request, lesson: UUID) -> Response:
        body = self.body(request, AnswerAbsence)
        api.answer_absence(lesson_id=lesson, by=self.actor.known_id, **body, now=now())
        return self.show(lesson)
