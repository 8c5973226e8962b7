"""The databases and brokers of a run. Each database is made for it and dropped after it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
_VARIABLES = ("POSTGRESQL_URL", "RABBITMQ_URL", "REDIS_URL")


def servers() -> dict[str, str]:
    """Return URLs by variable, from the environment or else from docker/engines if it is up."""
    urls = {name: os.environ[name] for name in _VARIABLES if os.environ.get(name)}
    return urls or _private()


def _private() -> dict[str, str]:
    engines = [sys.executable, str(ROOT / "docker" / "engines")]
    if subprocess.run([*engines, "status"], capture_output=True, check=False).returncode:
        return {}
    output = subprocess.run([*engines, "env"], capture_output=True, check=True, text=True).stdout
    lines = (line.removeprefix("export ").partition("=") for line in output.splitlines())
    return {name: url.strip("'\"") for name, _, url in lines if name in _VARIABLES}


@contextmanager
def sqlite() -> Iterator[str]:
    """Yield the URL of a file that is deleted after the block."""
    with tempfile.TemporaryDirectory(prefix="busuu-bench-") as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def postgresql(server: str, which: str = "bench") -> Iterator[str]:
    """Yield the URL of a database of our own on the server."""
    name = f"busuu_{which}_{os.getpid()}"
    execute(server, f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def execute(server: str, statement: str) -> list[Any]:
    """Run a statement outside of a transaction. Return its rows, if it has any."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []
