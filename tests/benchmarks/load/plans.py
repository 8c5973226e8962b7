"""The statements of a request: recorded, explained by PostgreSQL, and replayed alone."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.db import connections

BIG = 10_000
# A page of 20 and the rows that finding it needs; more is work that grows.
MANY = 2_000


class Statement(NamedTuple):
    sql: str
    parameters: Any


def recorded(alias: str, call: Callable[[], object]) -> list[Statement]:
    """Return the statements of a call, in order."""
    asked: list[Statement] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        asked.append(Statement(sql, parameters))
        return execute(sql, parameters, many, context)

    with connections[alias].execute_wrapper(note):
        call()
    return asked


def replay(alias: str, statements: list[Statement]) -> None:
    with connections[alias].cursor() as cursor:
        for one in statements:
            cursor.execute(one.sql, one.parameters)
            cursor.fetchall()


def wasteful(alias: str, statement: Statement) -> Iterator[str]:
    """Return the parts of a plan that scan a big table, or read many of its rows."""
    if not statement.sql.lstrip().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
        return
    for node in _nodes(_plan(alias, statement)):
        table = node.get("Relation Name")
        if node["Node Type"] == "Seq Scan" and _rows_of(alias, table) > BIG:
            yield f"sequential scan of {table}: {statement.sql}"
        elif (read := _read(node)) > MANY:
            yield f"{node['Node Type']} of {table} reads {read:,.0f} rows: {statement.sql}"


def _plan(alias: str, statement: Statement) -> dict[str, Any]:
    reads = statement.sql.startswith("SELECT")
    how = "EXPLAIN (ANALYZE, FORMAT JSON) " if reads else "EXPLAIN (FORMAT JSON) "
    with connections[alias].cursor() as cursor:
        cursor.execute(how + statement.sql, statement.parameters)
        (found,) = cursor.fetchone()
    plans = orjson.loads(found) if isinstance(found, str) else found
    plan: dict[str, Any] = plans[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from _nodes(child)


def _read(node: dict[str, Any]) -> float:
    """Return the rows that a node read in all its rounds, with those that it dropped."""
    kept = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
    rows: float = kept * node.get("Actual Loops", 1)
    return rows


@cache
def _rows_of(alias: str, table: str) -> float:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        (count,) = cursor.fetchone()
    return float(count)
