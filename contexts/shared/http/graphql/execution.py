"""Execution that reads plain attributes of DTOs without calling a resolver for each."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    Undefined,
)
from graphql.execution.execute import get_field_def
from graphql.pyutils import Path
from graphql.type import GraphQLLeafType, is_leaf_type


def read_attribute(name: str, default: Any, root: Any, info: Any, **_: Any) -> Any:
    """Return the attribute, or the key of a mapping, with the field's name."""
    return root.get(name, default) if isinstance(root, dict) else getattr(root, name, default)


class _Step(NamedTuple):
    """A selected field. Without an `attribute`, graphql-core executes it."""

    name: str
    nodes: list[FieldNode]
    attribute: str | None = None
    serialize: Callable[[Any], Any] | None = None
    required: bool = False


class AttributeExecution(ExecutionContext):
    """graphql-core's execution with a faster path for attributes of scalar types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans: dict[int, tuple[list[FieldNode], list[_Step]]] = {}

    def complete_value(
        self, return_type: Any, field_nodes: Any, info: Any, path: Any, result: Any
    ) -> Any:
        if (
            type(return_type) is GraphQLNonNull
            and type(return_type.of_type) is GraphQLObjectType
            and result is not None
            and not isinstance(result, Exception)
        ):
            of_type = return_type.of_type
            return self.complete_object_value(of_type, field_nodes, info, path, result)
        return super().complete_value(return_type, field_nodes, info, path, result)

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        if isinstance(result, dict):
            return super().complete_object_value(return_type, field_nodes, info, path, result)
        values: dict[str, Any] = {}
        for name, nodes, attribute, serialize, required in self._plan(return_type, field_nodes):
            if attribute is None or serialize is None:
                value = self._general(
                    return_type, result, nodes, Path(path, name, return_type.name)
                )
                if value is not Undefined:
                    values[name] = value
                continue
            try:
                value = getattr(result, attribute)
                values[name] = value if value is None else serialize(value)
            except Exception:
                value = None
            if value is None and required:
                return super().complete_object_value(return_type, field_nodes, info, path, result)
        return values

    def _general(
        self, parent: GraphQLObjectType, source: Any, nodes: list[FieldNode], path: Path
    ) -> Any:
        return self.execute_field(parent, source, nodes, path)

    def _plan(self, parent: GraphQLObjectType, field_nodes: list[FieldNode]) -> list[_Step]:
        # The entry holds the nodes too, so that no other list can get their id.
        entry = self._plans.get(id(field_nodes))
        if entry is None:
            selected = self.collect_subfields(parent, field_nodes)
            plan = [self._step(parent, name, nodes) for name, nodes in selected.items()]
            entry = self._plans[id(field_nodes)] = (field_nodes, plan)
        return entry[1]

    def _step(self, parent: GraphQLObjectType, name: str, nodes: list[FieldNode]) -> _Step:
        field: GraphQLField = get_field_def(self.schema, parent, nodes[0])
        required = isinstance(field.type, GraphQLNonNull)
        leaf: Any = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        attribute = _attribute_of(field)
        if attribute is None or not is_leaf_type(leaf):
            return _Step(name, nodes)
        return _Step(name, nodes, attribute, _serializer(leaf), required)


def _serializer(leaf: GraphQLLeafType) -> Callable[[Any], Any]:
    # Graphene looks an enumeration's value up twice, through Python's enum.
    if isinstance(leaf, GraphQLEnumType):
        return {each.value.value: name for name, each in leaf.values.items()}.__getitem__
    return leaf.serialize


def _attribute_of(field: GraphQLField) -> str | None:
    resolve = field.resolve
    if field.args or not isinstance(resolve, partial) or resolve.func is not read_attribute:
        return None
    return str(resolve.args[0])
