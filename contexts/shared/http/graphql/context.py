"""The context of resolvers: the caller, and a loader that batches details."""

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
        # The Idempotency-Key of the request's only mutation.
        self.key: Key | None = None
        self._ids: dict[type, dict[Any, None]] = {}
        self._loaded: dict[Any, dict[Any, Any]] = {}

    def show(self, ids: Iterable[K]) -> None:
        """Note ids of the answer. `load` then loads the details of all of them at once."""
        for id_ in ids:
            self._ids.setdefault(type(id_), {})[id_] = None

    def load(self, key: Any, wanted: K, load: Callable[[list[K]], dict[K, T]]) -> T | None:
        """Return the detail of one thing. The first call loads it for all noted ids.

        Ids of one type (UUIDs, or the keys of courses) are loaded together.
        """
        loaded = self._loaded.setdefault(key, {})
        if wanted not in loaded:
            ids = self._ids.get(type(wanted), {})
            missing = [id_ for id_ in {**ids, wanted: None} if id_ not in loaded]
            details = load(missing)
            loaded.update({id_: details.get(id_) for id_ in missing})
        value: T | None = loaded[wanted]
        return value


def selects(info: GraphQLResolveInfo, *names: str) -> bool:
    """Whether the document selects a field of one of these names below this one (look-ahead)."""
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
