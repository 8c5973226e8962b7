"""Reading answers, which may hold anything. Each function returns None for a wrong shape."""

from collections.abc import Mapping
from typing import Any, TypeVar

from contexts.shared.kernel.shapes import Shape, fields_of
from contexts.shared.language import nfc

A = TypeVar("A")
MOST_ENTRIES = 100


def answer_of(kind: type[A], document: object, *, longest: int) -> A | None:
    """Return the answer of a JSON document; `longest` limits each of its texts."""
    fields = fields_of(kind)
    if not isinstance(document, Mapping) or set(document) != {field.name for field in fields}:
        return None
    read = {field.attribute: _value(field.shape, document[field.name], longest) for field in fields}
    return None if None in read.values() else kind(**read)


def _value(shape: Shape, value: object, longest: int) -> Any:
    if shape.kind is bool:
        return value if isinstance(value, bool) else None
    if shape.item is not None:
        return _entries(shape, shape.item, value, longest)
    return text(value, longest=longest)


def _entries(shape: Shape, item: Shape, value: object, longest: int) -> list[Any] | None:
    least, most = shape.limits.get("min_length", 0), shape.limits.get("max_length", MOST_ENTRIES)
    if not isinstance(value, list | tuple) or not least <= len(value) <= most:
        return None
    read = [_value(item, each, longest) for each in value]
    return None if None in read else read


def text(value: object, *, longest: int) -> str | None:
    """Return a text in NFC of at most `longest` characters that every database can store."""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        return None
    if any("\ud800" <= char <= "\udfff" for char in value):
        return None
    return nfc(value)
