"""What resolvers know of the request: the caller, and how to ask for many things at once."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from graphql import FieldNode, FragmentSpreadNode, GraphQLResolveInfo, InlineFragmentNode

from contexts.shared.database.transactions.idempotency import Key
from contexts.shared.http.actor import Actor

T = TypeVar("T")
K = TypeVar("K", UUID, str)


class Context:
    def __init__(self, request: HttpRequest, actor: Actor) -> None:
        self.request = request
        self.actor = actor
        # Of the request's one mutation, if it takes one.
        self.key: Key | None = None
        self._shown: dict[type, dict[Any, None]] = {}
        self._loaded: dict[Any, dict[Any, Any]] = {}

    def show(self, ids: Iterable[K]) -> None:
        """These are in the answer; who asks for one's details asks for all of theirs."""
        for id_ in ids:
            self._shown.setdefault(type(id_), {})[id_] = None

    def load(self, key: Any, wanted: K, load: Callable[[list[K]], dict[K, T]]) -> T | None:
        """The detail of one shown thing, loaded for all of them that are shown by now.

        Things are told apart by the type of their ids: UUIDs, and the keys of courses.
        """
        loaded = self._loaded.setdefault(key, {})
        if wanted not in loaded:
            shown = self._shown.get(type(wanted), {})
            missing = [id_ for id_ in {**shown, wanted: None} if id_ not in loaded]
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
