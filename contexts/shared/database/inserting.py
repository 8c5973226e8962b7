"""Rows into a table by statements that are composed once; Django's compiler does it each time."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Model
from django.db.models.constants import OnConflict


def insert(
    rows: Sequence[Model],
    *,
    using: str,
    unique: tuple[str, ...] = (),
    update: tuple[str, ...] = (),
) -> None:
    """As `bulk_create`, but keys that the database makes are not read back.

    With `update`, rows that the unique key already knows get these fields instead.
    """
    if not rows:
        return
    connection, model = connections[using], type(rows[0])
    fields = _fields(model)
    size = connection.ops.bulk_batch_size(fields, rows)
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        values = [
            field.get_db_prep_save(getattr(row, field.attname), connection)
            for row in batch
            for field in fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(_statement(model, len(batch), using, unique, update), values)


@cache
def _fields(model: type[Model]) -> list[Any]:
    made_here = (field for field in model._meta.concrete_fields if not field.generated)
    return [field for field in made_here if field is not model._meta.auto_field]


@cache
def _statement(
    model: type[Model], count: int, using: str, unique: tuple[str, ...], update: tuple[str, ...]
) -> str:
    fields, ops = _fields(model), connections[using].ops
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(ops.quote_name(field.column) for field in fields)
    table, values = ops.quote_name(model._meta.db_table), ", ".join([row] * count)
    conflict = _on_conflict(model, using, unique, update)
    return f"INSERT INTO {table} ({columns}) VALUES {values} {conflict}"  # noqa: S608 - names are ours


def _on_conflict(
    model: type[Model], using: str, unique: tuple[str, ...], update: tuple[str, ...]
) -> str:
    if not update:
        return ""
    # MySQL and MariaDB find the key themselves, and are not told.
    column = {field.name: field.column for field in _fields(model)}
    changed, key = [column[name] for name in update], [column[name] for name in unique]
    suffix: str = connections[using].ops.on_conflict_suffix_sql(
        _fields(model), OnConflict.UPDATE, changed, key
    )
    return suffix
