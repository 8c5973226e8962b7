"""Compare the records with the operations that the project serves."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

from contexts.shared.database.placement.aliases import all_aliases
from tests.operations.graphql import fields
from tests.operations.pages import NAMES
from tests.operations.record import Operation
from tests.operations.rest import served

# A transaction costs the same everywhere; the cache is a server in production.
_CACHE = "shared_cache"
_NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "SET ")


def gaps(
    operations: Iterable[Operation],
    *,
    addresses: set[str] | None = None,
    names: set[str] | None = None,
) -> set[str]:
    """Return operations without a record and records without an operation."""
    records = list(operations)
    over_rest = {f"{record.method} {record.address}" for record in records}
    over_graphql = {record.field for record in records if record.graphql}
    return (over_rest ^ (addresses or served(but=NAMES))) | (over_graphql ^ (names or fields()))


def watched(send: Callable[[], Any], *, known: bool) -> tuple[Any, list[str]]:
    """Return a response, and its statements without authentication and transactions."""
    with ExitStack() as opened:
        captured = [
            opened.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in all_aliases()
        ]
        response = send()
    found = [query["sql"] for each in captured for query in each]
    counted = [sql for sql in found if not sql.startswith(_NOT_COUNTED) and _CACHE not in sql]
    return response, counted[1:] if known and _authenticates(counted[0]) else counted


def _authenticates(sql: str) -> bool:
    return sql.startswith("SELECT") and "identity_session" in sql and "access_version" in sql


def answer_of(response: Any) -> str:
    """Return the status, and the code of a refusal."""
    if response.status_code < 300:
        return str(response.status_code)
    return f"{response.status_code} {response.json()['code']}"
