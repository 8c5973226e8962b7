"""From a tree of texts to the shapes of the schema, with every fault at its line."""

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from contexts.courses.adapters.packs.errors import Errors
from contexts.courses.adapters.packs.models import model_of
from contexts.courses.adapters.packs.texts import Node
from contexts.shared.kernel.shapes import load

T = TypeVar("T")
_SAID = {
    "extra_forbidden": "the key “{key}” is not known here",
    "missing": "the key “{key}” is missing",
    "string_type": "“{key}” must be a text",
    "dict_type": "“{key}” must be a mapping",
    "model_type": "“{key}” must be a mapping",
    "list_type": "“{key}” must be a list",
    "union_tag_invalid": "the type “{tag}” is not known",
    "union_tag_not_found": "the key “type” is missing",
}
_ABSENT = ("missing", "union_tag_not_found")


def shaped(root: Node, shape: type[T], errors: Errors) -> T | None:
    """Return what a file's tree describes, None after reporting every fault of its shape.

    After faults of its YAML, it only reports faults of shape on other lines.
    """
    spoilt = errors.spoilt
    faulty = bool(errors.found)
    try:
        model = model_of(shape).model_validate(root.plain())
    except ValidationError as refused:
        for detail in refused.errors(include_url=False, include_input=False):
            place = (*detail["loc"], "type") if "tag" in detail["type"] else detail["loc"]
            line = root.line_of(place)
            # A missing key may stand where the YAML is at fault.
            if not spoilt or (line not in spoilt and detail["type"] not in _ABSENT):
                errors.add(line, _said(detail))
        return None
    return None if faulty else load(shape, model.model_dump())


def sound_parts(root: Node, shape: type) -> dict[str, Any]:
    """Return the values of a mapping's keys that stand once and have no fault of shape."""
    if not isinstance(root.value, dict):
        return {}
    broken: set[int | str] = {*root.doubled}
    try:
        model_of(shape).model_validate(root.plain())
    except ValidationError as refused:
        broken |= {detail["loc"][0] for detail in refused.errors()}
    return {key: node.plain() for key, node in root.value.items() if key not in broken}


def _said(detail: ErrorDetails) -> str:
    loc = [step for step in detail["loc"] if step != "[key]"]
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "the file")
    known = _SAID.get(detail["type"])
    if known is not None:
        return known.format(key=key[:60], tag=str(detail.get("ctx", {}).get("tag", ""))[:40])
    return f"“{key[:60]}”: {detail['msg']}"
