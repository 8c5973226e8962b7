"""GraphQL: every field there is, and how it answers each role."""

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from busuu.schema import schema
from tests.integration.http.samples.call import Call
from tests.integration.roles.arguments import ARGUMENTS, BEFORE
from tests.integration.roles.rows import Answers
from tests.integration.roles.stage import Stage
from tests.integration.roles.telling import leaks

_KINDS = {
    "Query": ("query", schema.graphql_schema.query_type),
    "Mutation": ("mutation", schema.graphql_schema.mutation_type),
}
# As deep as a document may be, the operation's own level counted.
_DEEPEST = 8
# Pages tell nothing that their nodes do not, and cost twice.
_LEFT_OUT = frozenset({"edges"})


def operations() -> Iterator[str]:
    """Every field of the schema's Query and Mutation."""
    for kind, (_, type_) in _KINDS.items():
        yield from (f"{kind}.{name}" for name in type_.fields)


def document(operation: str) -> str:
    """A document of one field: the sample's arguments, and all that can be selected."""
    kind, name = operation.split(".")
    keyword, type_ = _KINDS[kind]
    field: GraphQLField = type_.fields[name]
    given = ARGUMENTS.get(operation, {})
    head = ", ".join(f"${key}: {field.args[key].type}" for key in given)
    passed = ", ".join(f"{key}: ${key}" for key in given)
    head, passed = (f"({head})" if head else ""), (f"({passed})" if passed else "")
    return f"{keyword} {head} {{ {name}{passed} {_selected(field.type, _DEEPEST - 1)} }}"


def _selected(type_: Any, depth: int) -> str:
    named = get_named_type(type_)
    if is_leaf_type(named):
        return ""
    assert isinstance(named, GraphQLObjectType)
    return f"{{ {' '.join(_fields(named, depth))} }}"


def _fields(type_: GraphQLObjectType, depth: int) -> Iterator[str]:
    for name, field in type_.fields.items():
        leaf = is_leaf_type(get_named_type(field.type))
        needs = any(is_required_argument(argument) for argument in field.args.values())
        if not needs and name not in _LEFT_OUT and (leaf or depth > 1):
            yield f"{name} {_selected(field.type, depth - 1)}".strip()


def ask(stage: Stage, operation: str, role: str) -> Any:
    """The answer to a field's document sent by somebody of a role."""
    if before := BEFORE.get(operation):
        before(stage)
    asked = Call(route="graphql", method="POST", body={"query": document(operation)})
    given = Call(route="graphql", body=ARGUMENTS.get(operation))
    return stage.send(asked, role, variables=stage.world.body(given))


def outcome(body: dict[str, Any]) -> str:
    """`ok`, or the codes of what went wrong."""
    if "data" not in body:
        return str(body["code"])
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    return " ".join(sorted(codes)) or "ok"


def answers(stage: Stage, operation: str) -> Answers:
    """What each role gets."""
    asked, moved = stage.ask_all(lambda role: ask(stage, operation, role))
    row = {role: outcome(answer.json()) for role, answer in asked.items()}
    told = {
        role: leaks(stage, operation, role, answer.content.decode())
        for role, answer in asked.items()
        if row[role] == "ok"
    }
    return Answers(row=row, told={role: what for role, what in told.items() if what}, moved=moved)
