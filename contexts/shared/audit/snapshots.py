"""What a row was, without what it says about a person."""

from typing import Any

from django.db.models import Field, Model
from django.db.models.fields import (
    BooleanField,
    CharField,
    DateField,
    IntegerField,
    UUIDField,
)
from django.db.models.fields.related import ForeignKey

_PLAIN = (BooleanField, IntegerField, DateField, UUIDField, ForeignKey)

_CODE_CHARACTERS = 20
_PERSONAL = {"country"}


def snapshot(row: Model | None) -> dict[str, Any]:
    """Return the ids, codes, numbers and instants of a row; empty if there is none."""
    if row is None:
        return {}
    return {
        field.attname: _json(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if _is_shown(field)
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values that differ, before and after."""
    names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return (
        {name: before[name] for name in sorted(names) if name in before},
        {name: after[name] for name in sorted(names) if name in after},
    )


def _is_shown(field: "Field[Any, Any]") -> bool:
    # Short text is a code; free text may be a name or an address.
    is_code = isinstance(field, CharField) and (field.max_length or 0) <= _CODE_CHARACTERS
    return field.name not in _PERSONAL and (isinstance(field, _PLAIN) or is_code)


def _json(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
