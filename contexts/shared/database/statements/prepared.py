"""Reads that Django compiles once: its SQL compiler costs more than a small query does.

A read is written as a queryset like any other, with `given(...)` where a value comes in, and
ends in `values_list`. It is compiled when it is first asked; from then on its statement goes
straight to the cursor.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

import orjson
from django.db import connections
from django.db.models import CharField, Expression, Field, JSONField, QuerySet, UUIDField

from contexts.shared.database.placement.replicas import reading_alias

R = TypeVar("R", bound=tuple[Any, ...])


class Given(Expression):
    """The place of a value that a prepared read is asked with."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


def given_id(name: str) -> Given:
    return Given(name, UUIDField())


def given_text(name: str) -> Given:
    return Given(name, CharField())


class _Statement(NamedTuple):
    sql: str
    parameters: Sequence[Any]
    converters: Sequence[tuple[int, Sequence[Any], Any]]


class Prepared(Generic[R]):
    """A read of a context. `shape` is what changes its SQL, as the length of a list does."""

    def __init__(self, context: str, row: type[R], build: Callable[..., QuerySet[Any, Any]]):
        self._context, self._row, self._build = context, row, build
        self._statements: dict[tuple[str, tuple[Any, ...]], _Statement] = {}

    def rows(self, *shape: Any, **values: Any) -> list[R]:
        using = reading_alias(self._context)
        statement = self._statements.get((using, shape)) or self._compile(using, shape)
        connection = connections[using]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, _bound(statement.parameters, values, connection))
            found = cursor.fetchall()
        if statement.converters:
            found = [_converted(row, statement.converters, connection) for row in found]
        return [self._row._make(row) for row in found]  # type: ignore[attr-defined]

    def first(self, *shape: Any, **values: Any) -> R | None:
        return next(iter(self.rows(*shape, **values)), None)

    def _compile(self, using: str, shape: tuple[Any, ...]) -> _Statement:
        compiler = self._build(*shape).using(using).query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        converters = [
            (index, [_swift(step) for step in steps], expression)
            for index, (steps, expression) in compiler.get_converters(columns).items()
        ]
        statement = self._statements[using, shape] = _Statement(sql, parameters, converters)
        return statement


class FirstPage(Generic[R]):
    """A prepared read in the guise of an ordered queryset, as far as pagers go for a first page."""

    def __init__(self, rows: Callable[[int], list[R]]) -> None:
        self._rows = rows

    def order_by(self, *_ordering: str) -> "FirstPage[R]":
        return self

    def __getitem__(self, wanted: slice) -> list[R]:
        if wanted.start:
            raise ValueError("only the first page is prepared")
        return self._rows(wanted.stop)


def _bound(parameters: Sequence[Any], values: dict[str, Any], connection: Any) -> list[Any]:
    return [
        one.output_field.get_db_prep_value(values[one.name], connection)
        if isinstance(one, Given)
        else one
        for one in parameters
    ]


def _swift(step: Any) -> Any:
    """The same as Django's step; JSON of ours is plain, and orjson reads it four times as fast."""
    field = getattr(step, "__self__", None)
    return _json if isinstance(field, JSONField) and field.decoder is None else step


def _json(value: Any, _expression: Any, _connection: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


def _converted(row: Any, converters: Sequence[tuple[int, Any, Any]], connection: Any) -> list[Any]:
    cells = list(row)
    for index, steps, expression in converters:
        for step in steps:
            cells[index] = step(cells[index], expression, connection)
    return cells
