"""Courses over REST."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.courses import api, queries
from contexts.courses.rest import serializers
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now


class Courses(ListView):
    """The catalogue."""

    operations = {"GET": "list_courses"}
    permission_classes = [AllowAny]
    serializer_class = serializers.CourseSerializer
    filterset_class = queries.CourseFilter
    ordering = ("key",)
    to_dto = staticmethod(queries.course_summary)

    def get_queryset(self) -> Any:
        return queries.courses()

    def first_page(self) -> Any:
        return queries.first_courses()


class Course(ApiView):
    """A course with its units and lessons."""

    operations = {"GET": "get_course"}
    permission_classes = [AllowAny]
    serializer_class = serializers.CourseDetailSerializer

    @refuses(api.CourseNotFound)
    def get(self, request: Request, course: str) -> Response:
        return Response(queries.course_detail(course))


class UnitNotes(ApiView):
    """A unit's goal and grammar notes."""

    operations = {"GET": "get_unit_notes"}
    permission_classes = [AllowAny]
    serializer_class = serializers.UnitNotesSerializer

    @refuses(api.UnitNotFound)
    def get(self, request: Request, course: str, unit: str) -> Response:
        return Response(queries.unit_notes(course, unit))


class Enrollments(ListView):
    """The caller's courses."""

    operations = {"GET": "list_enrollments", "POST": "enroll"}
    serializer_class = serializers.EnrollmentSerializer
    ordering = ("-enrolled_at",)
    to_dto = staticmethod(queries.enrollment_summary)

    def get_queryset(self) -> Any:
        return queries.enrollments_of(self.actor.known_id)

    @extend_schema(
        request=serializers.EnrollSerializer, responses={201: serializers.EnrollmentSerializer}
    )
    @idempotent
    @refuses(api.CourseNotFound)
    def post(self, request: Request) -> Response:
        """Begin a course; whoever has begun it gets the enrollment that they have."""
        asked = serializers.EnrollSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        learner_id = self.actor.known_id
        enrollment_id = api.enroll(
            enrollment_id=new_id(),
            learner_id=learner_id,
            course=asked.validated_data["course"],
            now=now(),
        )
        return Response(queries.enrollment(enrollment_id, learner_id=learner_id), status=201)


class Enrollment(ApiView):
    """One of the caller's courses."""

    operations = {"GET": "get_enrollment"}
    serializer_class = serializers.EnrollmentSerializer

    @refuses(api.EnrollmentNotFound)
    def get(self, request: Request, enrollment: UUID) -> Response:
        return Response(queries.enrollment(enrollment, learner_id=self.actor.known_id))


class Progress(ApiView):
    """How far the caller is, lesson by lesson."""

    operations = {"GET": "get_progress"}
    serializer_class = serializers.ProgressSerializer

    @refuses(api.EnrollmentNotFound)
    def get(self, request: Request, enrollment: UUID) -> Response:
        return Response({"lessons": queries.progress(enrollment, learner_id=self.actor.known_id)})


class MoveOn(ApiView):
    """Take the newest version of the course."""

    operations = {"POST": "move_on"}
    serializer_class = serializers.EnrollmentSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.EnrollmentNotFound)
    def post(self, request: Request, enrollment: UUID) -> Response:
        learner_id = self.actor.known_id
        api.move_on(enrollment_id=enrollment, learner_id=learner_id)
        return Response(queries.enrollment(enrollment, learner_id=learner_id))


class NextLesson(ApiView):
    """The first lesson that is not completed."""

    operations = {"GET": "get_next_lesson"}
    serializer_class = serializers.NextLessonSerializer

    @refuses(api.EnrollmentNotFound)
    def get(self, request: Request, enrollment: UUID) -> Response:
        lesson = queries.next_lesson(enrollment, learner_id=self.actor.known_id, now=now())
        return Response({"lesson": lesson})


class Lesson(ApiView):
    """A lesson's exercises, as the learner's version has them."""

    operations = {"GET": "get_lesson"}
    serializer_class = serializers.LessonSerializer

    @refuses(api.EnrollmentNotFound, api.LessonNotFound, api.PremiumRequired)
    def get(self, request: Request, enrollment: UUID, lesson: str) -> Response:
        learner_id = self.actor.known_id
        return Response(queries.lesson(enrollment, lesson, learner_id=learner_id, now=now()))


class LessonCompletion(ApiView):
    """Finish a lesson all of whose exercises have an answer."""

    operations = {"POST": "complete_lesson"}
    serializer_class = serializers.ProgressSerializer

    @extend_schema(request=None)
    @idempotent
    @refuses(api.EnrollmentNotFound, api.LessonNotFound, api.LessonUnfinished)
    def post(self, request: Request, enrollment: UUID, lesson: str) -> Response:
        learner_id = self.actor.known_id
        api.complete_lesson(
            enrollment_id=enrollment, learner_id=learner_id, lesson=lesson, now=now()
        )
        return Response({"lessons": queries.progress(enrollment, learner_id=learner_id)})


class Answers(ApiView):
    """Answer an exercise, in a lesson or as a review."""

    operations = {"POST": "answer"}
    serializer_class = serializers.AnswerSerializer

    @extend_schema(responses={200: serializers.GradeSerializer})
    @refuses(
        api.EnrollmentNotFound,
        api.ExerciseNotFound,
        api.PremiumRequired,
        api.MalformedAnswer,
        api.AttemptIdReused,
    )
    def post(self, request: Request, enrollment: UUID) -> Response:
        given = self.body(request)
        graded = api.answer(
            enrollment_id=enrollment,
            learner_id=self.actor.known_id,
            attempt_id=given["attempt_id"],
            exercise=given["exercise"],
            answer=given["answer"],
            duration_ms=given["duration_ms"],
            now=now(),
        )
        return Response(_graded(graded))


def _graded(graded: api.Graded) -> dict[str, Any]:
    grade = graded.grade
    return {
        "attempt_id": graded.attempt_id,
        "exercise": graded.exercise,
        "lesson": graded.lesson,
        "verdict": grade.verdict,
        "score": grade.score,
        "rating": grade.rating,
        "notes": grade.notes,
        "given": grade.given,
        "expected": grade.expected,
        "edits": grade.edits,
        "why": grade.why,
        "answered_at": graded.answered_at,
        "reviewed": [{"item": item, "due_at": due} for item, due in graded.due_at.items()],
        "submission": graded.submission,
    }


class Reviews(ListView):
    """The caller's words, those that are due first coming first."""

    operations = {"GET": "list_reviews"}
    serializer_class = serializers.DueItemSerializer
    filterset_class = queries.ReviewFilter
    ordering = ("due_at", "id")

    def get_queryset(self) -> Any:
        return queries.review_queue(self.actor.known_id)

    def first_page(self) -> Any:
        return queries.first_reviews(self.actor.known_id)

    def to_dtos(self, page: list[Any]) -> list[Any]:
        return queries.due_items(page)
