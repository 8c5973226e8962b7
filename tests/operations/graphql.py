"""The GraphQL field of a record: its document, its variables and its outcome."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from busuu.schema import schema
from tests.operations.record import Operation
from tests.operations.world import World

_QUERY, _MUTATION = schema.graphql_schema.query_type, schema.graphql_schema.mutation_type
assert _QUERY is not None
assert _MUTATION is not None
# The deepest document that the endpoint accepts; the operation is a level of its own.
_DEEPEST = 8
# Edges repeat the nodes, at twice the cost.
_LEFT_OUT = frozenset({"edges"})


def fields() -> set[str]:
    """Every field of the schema's Query and Mutation. `node` is no operation of its own."""
    return {*_QUERY.fields, *_MUTATION.fields} - {"node"}


def document(operation: Operation) -> str:
    """A document of one field with every leaf that can be selected."""
    field = _field(operation)
    names = _arguments(operation)
    head = ", ".join(f"${name}: {field.args[name].type}" for name in names)
    passed = ", ".join(f"{name}: ${name}" for name in names)
    keyword = "query" if operation.field in _QUERY.fields else "mutation"
    call = f"{operation.field}({passed})" if passed else operation.field
    selection = _selected(field.type, _DEEPEST - 1)
    return f"{keyword} {f'({head})' if head else ''} {{ {call} {selection} }}"


def ask_graphql(world: World, operation: Operation, role: str = "") -> Any:
    """The response to the field's document, sent by a role."""
    body = json.dumps({"query": document(operation), "variables": arguments(world, operation)})
    return world.client.post(
        "/graphql",
        body,
        content_type="application/json",
        headers=world.headers_of(role or operation.caller),
    )


def arguments(world: World, operation: Operation) -> dict[str, Any]:
    """The variables of the field's document."""
    sample = world.sample(operation)
    return {
        name: _spelled(_field(operation).args[name].type, sample[key])
        for name, key in _arguments(operation).items()
    }


def outcome(body: dict[str, Any]) -> str:
    """`ok`, or the codes of the errors."""
    if "data" not in body:
        return " ".join(sorted({error["extensions"]["code"] for error in body["errors"]}))
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    return " ".join(sorted(codes)) or "ok"


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def _field(operation: Operation) -> GraphQLField:
    return _QUERY.fields.get(operation.field) or _MUTATION.fields[operation.field]


def _arguments(operation: Operation) -> dict[str, str]:
    """The arguments of the field, each with its name in the sample."""
    known = _field(operation).args
    renamed = {key: name for name, key in re.findall(r"(\w+): \$(\w+)", operation.graphql)}
    names = {renamed.get(key, camel(key)): key for key in operation.sample}
    return {name: key for name, key in names.items() if name in known}


def _spelled(type_: Any, value: Any) -> Any:
    """The value as GraphQL spells it: names in camel case, members of enums in capitals."""
    named = get_named_type(type_)
    if isinstance(value, list):
        return [_spelled(named, one) for one in value]
    if isinstance(named, GraphQLInputObjectType):
        names = {camel(key): key for key in value}
        return {n: _spelled(named.fields[n].type, value[key]) for n, key in names.items()}
    if isinstance(named, GraphQLEnumType) and value not in named.values:
        return str(value).upper().replace("-", "_")
    return value


def _selected(type_: Any, depth: int) -> str:
    named = get_named_type(type_)
    if is_leaf_type(named):
        return ""
    if isinstance(named, GraphQLUnionType):
        return f"{{ {' '.join(_fragments(named, depth))} }}"
    assert isinstance(named, GraphQLObjectType)
    return f"{{ {' '.join(_leaves(named.fields, depth))} }}"


def _fragments(union: GraphQLUnionType, depth: int) -> Iterator[str]:
    """Yield a fragment per variant, without fields that have another type in an earlier one."""
    yield "__typename"
    types: dict[str, str] = {}
    for variant in union.types:
        fields = {
            name: field
            for name, field in variant.fields.items()
            if types.setdefault(name, str(field.type)) == str(field.type)
        }
        yield f"... on {variant.name} {{ {' '.join(_leaves(fields, depth))} }}"


def _leaves(fields: Mapping[str, GraphQLField], depth: int) -> Iterator[str]:
    for name, field in fields.items():
        leaf = is_leaf_type(get_named_type(field.type))
        needs = any(is_required_argument(argument) for argument in field.args.values())
        if not needs and name not in _LEFT_OUT and (leaf or depth > 1):
            yield f"{name} {_selected(field.type, depth - 1)}".strip()
