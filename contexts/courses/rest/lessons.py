"""Lessons over REST."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.courses import api, queries
from contexts.shared.http.derived import serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


class NextLesson(ApiView):
    """The first lesson that is not completed."""

    operations = {"GET": "get_next_lesson"}
    serializer_class = serializer_of(queries.NextLesson)

    @refuses(api.EnrollmentNotFound)
    def get(self, request: Request, enrollment: UUID) -> Response:
        lesson = queries.next_lesson(enrollment, learner_id=self.actor.known_id, now=now())
        return Response(queries.NextLesson(lesson=lesson))


class Lesson(ApiView):
    """A lesson's exercises in the learner's version."""

    operations = {"GET": "get_lesson"}
    serializer_class = serializer_of(queries.Lesson)

    @refuses(api.EnrollmentNotFound, api.LessonNotFound, api.PremiumRequired)
    def get(self, request: Request, enrollment: UUID, lesson: str) -> Response:
        learner_id = self.actor.known_id
        return Response(queries.lesson(enrollment, lesson, learner_id=learner_id, now=now()))


class LessonCompletion(ApiView):
    """Complete a lesson. Each of its exercises must have an answer."""

    operations = {"POST": "complete_lesson"}
    serializer_class = serializer_of(queries.Progress)

    @extend_schema(request=None)
    @idempotent
    @refuses(api.EnrollmentNotFound, api.LessonNotFound, api.LessonUnfinished)
    def post(self, request: Request, enrollment: UUID, lesson: str) -> Response:
        learner_id = self.actor.known_id
        api.complete_lesson(
            enrollment_id=enrollment, learner_id=learner_id, lesson=lesson, now=now()
        )
        return Response(queries.progress(enrollment, learner_id=learner_id))
