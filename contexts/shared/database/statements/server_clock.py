"""The clock of the database's server, compared with this host's."""

import time

from django.db import connections

_NOW = {
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
    "mysql": "SELECT UNIX_TIMESTAMP(NOW(6))",
}


def seconds_ahead(*, using: str) -> float:
    """Return how far this host's clock is ahead of the server's, below zero if it is behind.

    SQLite has no server, so its answer is 0.
    """
    connection = connections[using]
    if connection.vendor not in _NOW:
        return 0.0
    connection.ensure_connection()
    before = time.time()
    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        (server,) = cursor.fetchone()
    return (before + time.time()) / 2 - float(server)
