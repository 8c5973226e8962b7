"""Limits of a document, measured on its syntax before it is validated or run."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from graphql import DocumentNode, FieldNode, FragmentDefinitionNode, IntValueNode, VariableNode
from graphql.language import OperationDefinitionNode, SelectionNode, SelectionSetNode

from contexts.shared.http.graphql.errors import BeyondLimits, IntrospectionOff
from contexts.shared.http.paging import MAX_PAGE

DEFAULT_PAGE = 20
# A mutation takes locks and may hash a password.
_MUTATION_COST = 50
_INTROSPECTION = frozenset({"__schema", "__type"})
# No column of ours may hold NUL; JSON's own was refused with the body.
_NUL = re.compile(r"\\u(?:0000|\{0+\})")


def check_text(text: str) -> None:
    """Raises BeyondLimits if the text is too long or contains NUL."""
    if len(text) > settings.GRAPHQL_LIMITS["characters"]:
        raise _beyond("characters")
    if _NUL.search(text):
        raise BeyondLimits("Text may not contain NUL.")


def check_document(document: DocumentNode) -> None:
    """Raises BeyondLimits or IntrospectionOff, at the first limit that is passed."""
    fragments = {
        node.name.value: node
        for node in document.definitions
        if isinstance(node, FragmentDefinitionNode)
    }
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            _Measure(fragments).operation(definition)


def _beyond(name: str) -> BeyondLimits:
    return BeyondLimits(f"A document may have at most {settings.GRAPHQL_LIMITS[name]} {name}.")


@dataclass(frozen=True, slots=True)
class _Level:
    """Selections to measure: their depth, their repetitions and the size of the page above."""

    selections: SelectionSetNode
    depth: int
    times: int
    page: int


@dataclass(slots=True)
class _Measure:
    """Counts of one operation. A fragment counts each time it is spread."""

    fragments: Mapping[str, FragmentDefinitionNode]
    counts: dict[str, int] = field(default_factory=dict)
    open: list[_Level] = field(default_factory=list)

    def operation(self, node: OperationDefinitionNode) -> None:
        self._count("directives", len(node.directives))
        if node.operation.value == "mutation":
            self._count("cost", _MUTATION_COST * len(node.selection_set.selections))
        self.open.append(_Level(node.selection_set, 1, 1, DEFAULT_PAGE))
        # A stack of our own: neither nesting nor a cycle of fragments may exhaust Python's.
        while self.open:
            self._level(self.open.pop())

    def _level(self, level: _Level) -> None:
        names: set[str] = set()
        for node in level.selections.selections:
            self._count("tokens", 1)
            self._count("directives", len(node.directives))
            if isinstance(node, FieldNode):
                self._field(node, level, names)
            else:
                self._spread(node, level)

    def _field(self, node: FieldNode, level: _Level, names: set[str]) -> None:
        name = node.name.value
        response_key = node.alias.value if node.alias else name
        self._count("aliases", node.alias is not None)
        self._count("duplicates", response_key in names)
        names.add(response_key)
        if name in _INTROSPECTION:
            # graphql-core limits the depth of introspection itself.
            if not settings.GRAPHQL_INTROSPECTION:
                raise IntrospectionOff
        elif node.selection_set:
            self._inside(node, node.selection_set, level)

    def _inside(self, node: FieldNode, selections: SelectionSetNode, level: _Level) -> None:
        if level.depth >= settings.GRAPHQL_LIMITS["depth"]:
            raise BeyondLimits(f"A document has at most {settings.GRAPHQL_LIMITS['depth']} levels.")
        many = node.name.value in {"edges", "nodes"}
        times = level.times * level.page if many else level.times
        self._count("cost", times)
        self.open.append(_Level(selections, level.depth + 1, times, _page(node)))

    def _spread(self, node: SelectionNode, level: _Level) -> None:
        name = getattr(getattr(node, "name", None), "value", None)
        inside: Any = self.fragments.get(name) if name else node
        if inside is not None:
            self.open.append(_Level(inside.selection_set, level.depth, level.times, level.page))

    def _count(self, name: str, more: int) -> None:
        if more:
            self.counts[name] = self.counts.get(name, 0) + more
            if self.counts[name] > settings.GRAPHQL_LIMITS[name]:
                raise _beyond(name)


def _page(node: FieldNode) -> int:
    first = next((one.value for one in node.arguments if one.name.value == "first"), None)
    if isinstance(first, IntValueNode):
        # int() is slow on long numbers, and none of them is a page size.
        return max(int(first.value[:9]), 0)
    return MAX_PAGE if isinstance(first, VariableNode) else DEFAULT_PAGE
