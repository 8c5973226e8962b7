"""The parts of the OpenAPI description that drf-spectacular leaves out or writes as in 3.0."""

from collections.abc import Iterator
from http import HTTPStatus
from importlib import import_module
from typing import Any

from contexts.shared.http.examples import add_examples
from contexts.shared.http.openapi import PROBLEM

_METHODS = ("get", "post", "put", "patch", "delete")


class Undescribed(RuntimeError):
    """Something has no docstring that the description could show."""


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Return the description made complete (a postprocessing hook)."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for name, schema in schemas.items():
        if name.endswith("Request") and "properties" in schema:
            schema["additionalProperties"] = False
            for field in schema["properties"].values():
                _say_default(field)
    _spell_null(result)
    result["tags"] = [
        {"name": tag, "description": _purpose(tag)}
        for tag in sorted({tag for one in operations(result) for tag in one["tags"]})
    ]
    for operation in operations(result):
        _name_answers(operation)
        if not operation.get("description"):
            raise Undescribed(f"{operation['operationId']} has no docstring")
        if "security" not in operation:
            operation["security"] = [{}]
    add_examples(result)
    return result


def _say_default(field: dict[str, Any]) -> None:
    """Move a default into the description: some generators require a field that has one."""
    value = field.pop("default", None)
    if value not in (None, ""):
        said = f"`{value}` by default." if isinstance(value, str) else f"{value} by default."
        field["description"] = f"{field.get('description', '')} {said}".strip()


def operations(result: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of the description."""
    for methods in result["paths"].values():
        yield from (methods[method] for method in _METHODS if method in methods)


def _spell_null(part: Any) -> None:
    """Write null as OpenAPI 3.1 and as the generators of clients read it."""
    if isinstance(part, list):
        for each in part:
            _spell_null(each)
    elif isinstance(part, dict):
        if part.get("nullable") is True and isinstance(part.get("type"), str):
            del part["nullable"]
            part["type"] = [part["type"], "null"]
        # openapi-generator overlooks the null of an object's or a list's own type.
        if part.get("type") in (["object", "null"], ["array", "null"]):
            inner = {name: part.pop(name) for name in [*part] if name != "description"}
            part["oneOf"] = [{**inner, "type": inner["type"][0]}, {"type": "null"}]
        for each in part.values():
            _spell_null(each)


def _purpose(tag: str) -> str:
    """Return the docstring of the REST package of a context."""
    module = import_module(f"contexts.{tag}.rest") if tag != "operations" else None
    text = (module.__doc__ or "").strip() if module else "Views for staff over all contexts."
    if not text:
        raise Undescribed(f"contexts/{tag}/rest/__init__.py has no docstring")
    return text


def _name_answers(operation: dict[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if not answer.get("description"):
            answer["description"] = f"{HTTPStatus(int(status)).phrase}."
