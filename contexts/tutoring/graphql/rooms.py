"""Rooms of lessons over GraphQL."""

from typing import Any
from uuid import UUID

import graphene

from contexts.shared.http.graphql.derived import DtoType
from contexts.shared.http.graphql.types import Uuid
from contexts.shared.kernel import now
from contexts.tutoring import api


class LessonRoom(DtoType, dto=api.Room): ...


class Mutation:
    enter_lesson_room = graphene.Field(LessonRoom, id=Uuid(required=True))

    @staticmethod
    def resolve_enter_lesson_room(_root: Any, info: Any, id: UUID) -> api.Room:
        return api.enter_room(lesson_id=id, person_id=info.context.actor.known_id, now=now())
