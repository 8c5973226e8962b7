"""Variables that the operation does not declare, and unknown fields inside the declared ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    OperationDefinitionNode,
    type_from_ast,
)

from contexts.shared.http.unknown import UnknownField, unknown_fields


def refuse_unknown(
    schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Mapping[str, Any] | None
) -> None:
    """Raises UnknownField, with a pointer into the request for each unknown name."""
    if not variables:
        return
    types = {
        each.variable.name.value: type_from_ast(schema, each.type)
        for each in operation.variable_definitions
    }
    errors = unknown_fields(variables, types)
    for name, value in variables.items():
        errors |= dict(_inside(types.get(name), value, name))
    if errors:
        raise UnknownField({"variables": errors})


def _inside(type_: Any, value: Any, at: object) -> Iterator[tuple[Any, Any]]:
    """Yield the errors inside a value, nested as the value is."""
    errors = dict(_errors(type_, value))
    if errors:
        yield at, errors


def _errors(type_: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(type_, GraphQLNonNull):
        yield from _errors(type_.of_type, value)
    elif isinstance(type_, GraphQLList) and isinstance(value, list):
        for index, each in enumerate(value):
            yield from _inside(type_.of_type, each, index)
    elif isinstance(type_, GraphQLInputObjectType) and isinstance(value, dict):
        yield from unknown_fields(value, type_.fields).items()
        for name, field in type_.fields.items():
            yield from _inside(field.type, value.get(name), name)
