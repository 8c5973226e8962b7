"""Answers over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.courses import api, queries
from contexts.courses.rest.answers import Answer
from contexts.shared.http.graphql.checking import checked
from contexts.shared.http.graphql.derived import DtoType, arguments_of
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now


class Grade(DtoType, dto=queries.Grade): ...


class Mutation:
    answer = graphene.Field(Grade, enrollment=Uuid(required=True), **arguments_of(Answer))

    @staticmethod
    def resolve_answer(_root: Any, info: Any, enrollment: UUID, **arguments: Any) -> queries.Grade:
        learner_id, body = info.context.actor.known_id, checked(Answer, **arguments)
        graded = api.answer(enrollment_id=enrollment, learner_id=learner_id, now=now(), **body)
        return queries.to_grade(graded)
