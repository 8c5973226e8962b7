"""Rows in an export."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


def exported(parts: Mapping[str, QuerySet[Any, Any]]) -> dict[str, Any]:
    """Return the rows of each part with JSON-able values. Parts without rows are omitted."""
    rows = {name: [_plain(row) for row in queryset] for name, queryset in parts.items()}
    return {name: plain for name, plain in rows.items() if plain}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
