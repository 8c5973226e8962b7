"""Django's PostgreSQL backend, with a limit on waiting for the server.

PostgreSQL ends a long statement itself, and TCP notices a host that is gone. A server that is
frozen does neither: its kernel still acknowledges packets.
"""

from types import SimpleNamespace
from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout

T = TypeVar("T")

# A connection that was idle must answer sooner than one with a statement.
_CHECK_SECONDS = 3.0
_NO_LIMIT = None


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that gives the server up after `patience` seconds without an answer."""

    patience: float | None = _NO_LIMIT

    def wait(self, gen: PQGen[T], *args: Any, **options: Any) -> T:
        """Wait for the server. Raises OperationalError and closes after `patience` seconds."""
        try:
            return super().wait(gen, *args, **{"timeout": self.patience, **options})
        except _WaitTimeout:
            # What the server would still send belongs to nobody.
            self.pgconn.finish()
            message = f"the server did not answer within {self.patience} s"
            raise psycopg.OperationalError(message) from None


class DatabaseWrapper(base.DatabaseWrapper):
    """Adds the option `patience` in seconds; 0 waits for ever."""

    Database = SimpleNamespace(**{**vars(psycopg), "connect": BoundedConnection.connect})  # type: ignore[assignment]

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        self.patience = params.pop("patience", 0) or _NO_LIMIT
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.patience = self.patience
        return connection

    def is_usable(self) -> bool:
        connection = self.connection
        if connection is None or self.patience is _NO_LIMIT:
            return bool(super().is_usable())
        connection.patience = min(_CHECK_SECONDS, self.patience)
        try:
            return bool(super().is_usable())
        finally:
            connection.patience = self.patience
