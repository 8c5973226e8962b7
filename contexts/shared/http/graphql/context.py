"""What resolvers know of the request: the caller, and how to ask for many things at once."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode

from contexts.shared.database.idempotency import Key
from contexts.shared.http.actor import Actor

T = TypeVar("T")


class Context:
    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.request = request
        self.actor = actor
        # Of the request's one mutation, if it takes one.
        self.key: Key | None = None
        self._shown: dict[UUID, None] = {}
        self._loaded: dict[Any, dict[UUID, Any]] = {}

    def show(self, ids: Iterable[UUID]) -> None:
        """These are in the answer; who asks for one's details asks for all of theirs."""
        self._shown.update(dict.fromkeys(ids))

    def load(self, key: Any, wanted: UUID, load: Callable[[list[UUID]], dict[UUID, T]]) -> T | None:
        """The detail of one shown thing, loaded for all of them that are shown by now."""
        loaded = self._loaded.setdefault(key, {})
        if wanted not in loaded:
            missing = [id_ for id_ in {**self._shown, wanted: None} if id_ not in loaded]
            found = load(missing)
            loaded.update({id_: found.get(id_) for id_ in missing})
        value: T | None = loaded[wanted]
        return value


def selects(info: GraphQLResolveInfo, *names: str) -> bool:
    """Look-ahead: whether any field of these names (as in the document) stands below this one."""
    open_: list[Any] = [node.selection_set for node in info.field_nodes]
    while open_:
        selections = open_.pop()
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode) and node.name.value in names:
                return True
            if isinstance(node, FragmentSpreadNode):
                open_.append(info.fragments[node.name.value].selection_set)
            elif isinstance(node, FieldNode | InlineFragmentNode):
                open_.append(node.selection_set)
    return False
