"""Enrollments over REST."""

import re
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.courses import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.idempotency import idempotent
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView, ListView
from contexts.shared.kernel import new_id, now

_Enrollment = serializer_of(queries.Enrollment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enroll:
    course: Annotated[str, re.compile(r"^[a-z0-9-]{1,60}$"), "As the catalogue names it."]


class Enrollments(ListView):
    """The caller's courses."""

    operations = {"GET": "list_enrollments", "POST": "enroll"}
    serializer_class = _Enrollment
    ordering = ("-enrolled_at",)
    to_dto = staticmethod(queries.to_enrollment)

    def get_queryset(self) -> Any:
        return queries.enrollments_of(self.actor.known_id)

    @extend_schema(request=body_of(Enroll), responses={201: _Enrollment})
    @idempotent
    @refuses(api.CourseNotFound)
    def post(self, request: Request) -> Response:
        """Begin a course. Returns the present enrollment if the caller has begun it already."""
        learner_id = self.actor.known_id
        enrollment_id = api.enroll(
            enrollment_id=new_id(), learner_id=learner_id, now=now(), **self.body(request, Enroll)
        )
        return Response(queries.enrollment(enrollment_id, learner_id=learner_id), status=201)


class Enrollment(ApiView):
    """One of the caller's courses."""

    operations = {"GET": "get_enrollment"}
    serializer_class = _Enrollment

    @refuses(api.EnrollmentNotFound)
    def get(self, request: Request, enrollment: UUID) -> Response:
        return Response(queries.enrollment(enrollment, learner_id=self.actor.known_id))


class Progress(ApiView):
    """The caller's progress, lesson by lesson."""

    operations = {"GET": "get_progress"}
    serializer_class = serializer_of(queries.Progress)

    @refuses(api.EnrollmentNotFound)
    def get(self, request: Request, enrollment: UUID) -> Response:
        return Response(queries.progress(enrollment, learner_id=self.actor.known_id))


class MoveOn(ApiView):
    """Move to the newest version of the course."""

    operations = {"POST": "move_on"}
    serializer_class = _Enrollment

    @extend_schema(request=None)
    @idempotent
    @refuses(api.EnrollmentNotFound)
    def post(self, request: Request, enrollment: UUID) -> Response:
        learner_id = self.actor.known_id
        api.move_on(enrollment_id=enrollment, learner_id=learner_id)
        return Response(queries.enrollment(enrollment, learner_id=learner_id))
