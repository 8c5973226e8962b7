"""Inserts of very many rows: by COPY on PostgreSQL, by long INSERTs elsewhere."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import orjson
from django.db import connections
from django.db.models import JSONField, Model

from contexts.shared.database.statements.inserting import fields_of, insert_values

# MariaDB refuses a statement longer than its `max_allowed_packet`.
_AT_ONCE = 1_000

Row = tuple[Any, ...]


class Json(str):
    """Encoded JSON, so that a value that many rows share is encoded once."""

    __slots__ = ()


def json_of(value: Any) -> Json:
    return Json(orjson.dumps(value).decode())


def fill(
    model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, using: str, **same: Any
) -> int:
    """Insert rows of these columns. All rows share the values in `same`. Return their number.

    Skips the model's `save`, defaults and signals. JSON must be a `Json`. The connection is busy
    while `rows` is read, so making a row must not query the database. Raises ValueError if a
    column is missing.
    """
    fields = fields_of(model)
    by_name = {field.attname: field for field in fields}
    names = [*columns, *same]
    if missing := by_name.keys() ^ set(names):
        raise ValueError(f"{model._meta.label}: {', '.join(sorted(missing))}")
    chosen, tail = [by_name[name] for name in names], tuple(same.values())
    whole = (row + tail for row in rows)
    if connections[using].vendor == "postgresql":
        return _copy(model, chosen, whole, using=using)
    return _insert(model, chosen, whole, using=using)


def fill_with(rows: Sequence[Model], *, using: str) -> int:
    """Insert instances of one model. Slower than `fill`, since instances cost time to make."""
    if not rows:
        return 0
    fields = fields_of(type(rows[0]))
    names = [(field.attname, isinstance(field, JSONField)) for field in fields]
    values = (tuple(_value(row, *name) for name in names) for row in rows)
    return fill(type(rows[0]), [name for name, _ in names], values, using=using)


def _value(row: Model, name: str, is_json: bool) -> Any:
    value = getattr(row, name)
    return json_of(value) if is_json and not isinstance(value, Json) else value


def _copy(model: type[Model], fields: list[Any], rows: Iterable[Row], *, using: str) -> int:
    connection, count = connections[using], 0
    name = connection.ops.quote_name
    columns = ", ".join(name(field.column) for field in fields)
    statement = f"COPY {name(model._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _insert(model: type[Model], fields: list[Any], rows: Iterable[Row], *, using: str) -> int:
    connection, count, waiting = connections[using], 0, iter(rows)
    size = min(_AT_ONCE, connection.ops.bulk_batch_size(fields, [None] * _AT_ONCE))
    while batch := list(islice(waiting, size)):
        values = [
            value if isinstance(value, Json) else field.get_db_prep_save(value, connection)
            for row in batch
            for field, value in zip(fields, row, strict=True)
        ]
        insert_values(model, fields, len(batch), values, using=using)
        count += len(batch)
    return count
