"""A test's own databases on running servers, and commands that use them."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from tests.faults.processes import ROOT

COMMAND_SECONDS = 600


@contextmanager
def made(server: str) -> Iterator[str]:
    """Yield the URL of an empty database, which is dropped after the block."""
    name, is_postgresql = f"test_faults_{uuid4().hex[:8]}", server.startswith("postgres")
    collation = "" if is_postgresql else " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
    _execute(server, f"CREATE DATABASE {name}{collation}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _execute(server, f"DROP DATABASE {name}{' WITH (FORCE)' if is_postgresql else ''}")


def _execute(url: str, statement: str) -> None:
    """Execute a statement on the server's own database, outside a transaction."""
    if url.startswith("postgres"):
        import psycopg

        with psycopg.connect(url, autocommit=True) as server:
            server.execute(statement)  # type: ignore[call-overload]
        return
    import MySQLdb

    at = urlsplit(url)
    where = {"host": at.hostname, "port": at.port, "user": at.username}
    server = MySQLdb.connect(**where, password=at.password or "")
    server.cursor().execute(statement)
    server.close()


def run(environment: Mapping[str, str], *command: str) -> str:
    """Run a Python command to its end. Return its output."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout
