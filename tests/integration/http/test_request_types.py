"""Each field of a request accepts only the JSON type that the OpenAPI file names."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from busuu import rest
from tests.integration.http.checks import assert_problem, stored
from tests.operations import OPERATIONS
from tests.operations.world import World

pytestmark = pytest.mark.django_db

SCHEMA = rest.described()
Path = tuple[str | int, ...]
WRONG: dict[str, tuple[Any, ...]] = {
    "string": (5, 1.5, True, [], ["a"], {}),
    "integer": ("5", 1.5, True, [], {}),
    "boolean": ("true", "yes", 1, 0, [], {}),
    "array": ("a", 5, True, {}),
    "object": ("a", 5, True, []),
}
NOT_CANONICAL = (
    2**63,
    "{01890000-0000-7000-8000-000000000005}",
    "urn:uuid:01890000-0000-7000-8000-000000000005",
    "01890000000070008000000000000005",
    " 01890000-0000-7000-8000-000000000005",
)


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    inner = schema.get("allOf") or [schema]
    if "$ref" in inner[0]:
        named: dict[str, Any] = SCHEMA["components"]["schemas"][inner[0]["$ref"].split("/")[-1]]
        return _resolved(named)
    return schema


def _kind(schema: dict[str, Any]) -> str:
    kinds = "object" if "oneOf" in schema else schema.get("type", [])
    names = [kinds] if isinstance(kinds, str) else [kind for kind in kinds if kind != "null"]
    return names[0] if names else "string"


def _fields(schema: dict[str, Any], at: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    found = _resolved(schema)
    if at:
        yield at, found
    for name, inner in found.get("properties", {}).items():
        yield from _fields(inner, (*at, name))
    if "items" in found:
        yield from _fields(found["items"], (*at, 0))


def _requests() -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for path in SCHEMA["paths"].values():
        for operation in path.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                for at, field in _fields(content["schema"]):
                    yield operation["operationId"], at, field


FIELDS = [each for each in _requests() if each[0] in OPERATIONS]


def _spoilt(body: Any, at: Path, value: Any) -> Any:
    """Return the body with `value` at a path, with any missing parents."""
    step, *rest = at
    held: Any = copy.deepcopy(body) if body is not None else ([] if step == 0 else {})
    if step == 0:
        inner = held[0] if held else None
        return [_spoilt(inner, tuple(rest), value) if rest else value, *held[1:]]
    held[step] = _spoilt(held.get(step), tuple(rest), value) if rest else value
    return held


def _refused(world: World, operation: str, at: Path, value: Any) -> None:
    call = OPERATIONS[operation]
    raw = json.dumps(_spoilt(world.body(call), at, value)).encode()

    response = world.send(call, raw)

    assert response.status_code == 400, (value, response.content)
    assert assert_problem(response) == "invalid_request"
    pointer = "".join(f"/{step}" for step in at)
    assert pointer in {error["pointer"] for error in response.json()["errors"]}, response.json()


class TestAField:
    def test_is_looked_at_wherever_there_is_one(self) -> None:
        operations = {operation for operation, *_ in _requests()}

        assert operations == {operation for operation, *_ in FIELDS}
        assert ("answer", ("attempt_id",)) in {(name, at) for name, at, _ in FIELDS}

    @pytest.mark.parametrize(
        ("operation", "at", "field"),
        FIELDS,
        ids=[f"{name}-{'.'.join(map(str, at))}" for name, at, _ in FIELDS],
    )
    def test_of_another_type_is_refused_by_name(
        self, operation: str, at: Path, field: dict[str, Any], world: World
    ) -> None:
        before = stored()
        wrong = WRONG[_kind(field)]

        for value in (*wrong, *(NOT_CANONICAL if field.get("format") == "uuid" else ())):
            _refused(world, operation, at, value)

        assert stored() == before
