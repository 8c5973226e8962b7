"""Answers over REST."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from contexts.courses import api, queries
from contexts.shared.http.derived import body_of, serializer_of
from contexts.shared.http.refusals import refuses
from contexts.shared.http.views import ApiView
from contexts.shared.kernel import now


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    attempt_id: Annotated[UUID, "Made by the client. A repeated attempt is graded once."]
    exercise: Annotated[str, MaxLen(110)]
    answer: Annotated[api.ExerciseAnswer, "In the shape of the exercise's type."]
    answered_at: Annotated[
        datetime | None, "When the learner answered, if the device was offline. Now by default."
    ] = None
    duration_ms: Annotated[int | None, Ge(0), Le(86_400_000)] = None


class Answers(ApiView):
    """Answer an exercise, in a lesson or as a review."""

    operations = {"POST": "answer"}
    serializer_class = body_of(Answer)

    @extend_schema(responses={200: serializer_of(queries.Grade)})
    @refuses(
        api.EnrollmentNotFound,
        api.ExerciseNotFound,
        api.PremiumRequired,
        api.MalformedAnswer,
        api.AnsweredAtOdds,
        api.AttemptIdReused,
    )
    def post(self, request: Request, enrollment: UUID) -> Response:
        graded = api.answer(
            enrollment_id=enrollment,
            learner_id=self.actor.known_id,
            now=now(),
            **self.body(request),
        )
        return Response(queries.to_grade(graded))
