"""Inserts by statements that are composed once. Django composes a statement at each call."""

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
    """Insert rows like `bulk_create`. Keys that the database makes are not read back.

    With `update`, rows whose `unique` key exists already get these fields instead.
    """
    if not rows:
        return
    connection, model = connections[using], type(rows[0])
    fields = fields_of(model)
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


def insert_values(
    model: type[Model], fields: Sequence[Any], count: int, values: Sequence[Any], *, using: str
) -> None:
    """Insert `count` rows. `values` are those of all rows, already prepared for the database."""
    with connections[using].cursor() as cursor:
        cursor.execute(_insertion(model, fields, count, using), values)


@cache
def fields_of(model: type[Model]) -> list[Any]:
    """Return the fields whose values come from us, not from the database."""
    ours = (field for field in model._meta.concrete_fields if not field.generated)
    return [field for field in ours if field is not model._meta.auto_field]


@cache
def _statement(
    model: type[Model], count: int, using: str, unique: tuple[str, ...], update: tuple[str, ...]
) -> str:
    conflict = _on_conflict(model, using, unique, update)
    return f"{_insertion(model, fields_of(model), count, using)} {conflict}"


def _insertion(model: type[Model], fields: Sequence[Any], count: int, using: str) -> str:
    ops = connections[using].ops
    row = f"({', '.join(['%s'] * len(fields))})"
    columns = ", ".join(ops.quote_name(field.column) for field in fields)
    table, values = ops.quote_name(model._meta.db_table), ", ".join([row] * count)
    return f"INSERT INTO {table} ({columns}) VALUES {values}"  # noqa: S608 - names are ours


def _on_conflict(
    model: type[Model], using: str, unique: tuple[str, ...], update: tuple[str, ...]
) -> str:
    if not update:
        return ""
    # MySQL and MariaDB find the key themselves and ignore `unique`.
    column = {field.name: field.column for field in fields_of(model)}
    changed, key = [column[name] for name in update], [column[name] for name in unique]
    suffix: str = connections[using].ops.on_conflict_suffix_sql(
        fields_of(model), OnConflict.UPDATE, changed, key
    )
    return suffix
