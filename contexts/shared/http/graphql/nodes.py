"""Relay's Node: any row of one's own by its id. A UUID is unique over all types."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import graphene

from contexts.shared.kernel import DomainError, ErrorKind

Load = Callable[[Any, UUID], Any]
_types: dict[type, Any] = {}
_loaders: list[Load] = []


class Node(graphene.Interface):
    """Something with an id of its own."""

    id = graphene.ID(required=True, description="A UUID, unique over all types.")

    @classmethod
    def resolve_type(cls, instance: Any, info: Any) -> Any:
        return _types[type(instance)]


class Query:
    node = graphene.Field(
        Node,
        id=graphene.ID(required=True, description="The id of any type that is a Node."),
        description="What has this id, null if nothing has it or the caller may not see it.",
    )

    @staticmethod
    def resolve_node(_root: Any, info: Any, id: str) -> Any:
        try:
            wanted = UUID(id)
        except ValueError:
            return None
        found = (_found(load, info.context, wanted) for load in _loaders)
        return next((one for one in found if one is not None), None)


def add(dto: type, type_: Any, load: Load) -> None:
    """Make a type a Node. `load` returns its DTO from the request's context and an id."""
    _types[dto] = type_
    _loaders.append(load)


def _found(load: Load, context: Any, id_: UUID) -> Any:
    try:
        return load(context, id_)
    except DomainError as error:
        if error.kind is ErrorKind.NOT_FOUND:
            return None
        raise
