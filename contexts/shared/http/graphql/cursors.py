"""Keyset cursors: the encoded position of a row in an order."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
from django.core.exceptions import FieldError, ValidationError
from django.db.models import Model, Q, QuerySet

from contexts.shared.http.paging import InvalidCursor
from contexts.shared.http.parsers import MalformedJson, parse_json

_LONGEST = 1_000


def cursor_of(row: Any, ordering: Sequence[str]) -> str:
    position = [getattr(row, name.lstrip("-")) for name in ordering]
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode()


def after_cursor(queryset: QuerySet[Any], cursor: str, ordering: Sequence[str]) -> QuerySet[Any]:
    """Return the rows after a cursor. Raises InvalidCursor if the cursor is not one of ours."""
    position = _position(queryset.model, cursor, ordering)
    behind, same = Q(), Q()
    for name, value in zip(ordering, position, strict=True):
        lookup = "lt" if name.startswith("-") else "gt"
        bare = name.lstrip("-")
        behind |= same & Q(**{f"{bare}__{lookup}": value})
        same &= Q(**{bare: value})
    return queryset.filter(behind)


def _position(model: type[Model], cursor: str, ordering: Sequence[str]) -> list[Any]:
    try:
        if len(cursor) > _LONGEST:
            raise InvalidCursor
        position = parse_json(base64.b64decode(cursor, altchars=b"-_", validate=True))
        if not isinstance(position, list) or len(position) != len(ordering):
            raise InvalidCursor
        return [
            _value(model, name.lstrip("-"), value)
            for name, value in zip(ordering, position, strict=True)
        ]
    except (MalformedJson, binascii.Error, ValueError, TypeError, OverflowError):
        raise InvalidCursor from None
    except (ValidationError, FieldError):
        raise InvalidCursor from None


def _value(model: type[Model], name: str, value: Any) -> Any:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise InvalidCursor
    field: Any = model._meta.get_field(name)
    converted = field.to_python(value)
    if isinstance(converted, datetime):
        if converted.tzinfo is None:
            raise InvalidCursor
        converted = converted.astimezone(UTC)
    field.get_db_prep_value(converted, _connection(model), prepared=False)
    return converted


def _connection(model: type[Model]) -> Any:
    from django.db import connections, router

    return connections[router.db_for_read(model)]
