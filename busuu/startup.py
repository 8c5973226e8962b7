"""The steps before the development server serves. Each one reports what it did."""

import errno
import os
import shutil
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from busuu.workshop import clock, demo
from contexts.billing import api as billing
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now


def check_writable(folder: Path) -> None:
    """Raises CommandError if keys, mail and the database cannot be written to `folder`."""
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CommandError(f"cannot write to {folder}: {error.strerror}") from None


def default_port() -> str:
    """Return PORT, or 8000 if it is empty or not set."""
    return os.environ.get("PORT") or "8000"


def check_port(host: str, port: int, *, of: str = "", patience: float = 0.0) -> None:
    """Raises CommandError if the port is still in use after `patience` seconds.

    `of` says whose port it is, if it is not the web's.
    """
    deadline = time.monotonic() + patience
    while _is_taken(host, port):
        if time.monotonic() >= deadline:
            raise CommandError(
                f"port {port}{of} is taken: stop the process that uses it, or choose other ports "
                f"with PORT={_free_pair(host, port + 1)} make run"
            )
        time.sleep(0.1)


def _free_pair(host: str, start: int) -> int:
    """Return the first port from `start` on that is free, as is the one after it, for streams."""
    candidates = (*range(start, 65_534), 8000)
    return next(
        (p for p in candidates if not _is_taken(host, p) and not _is_taken(host, p + 1)), 8000
    )


def _is_taken(host: str, port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise CommandError(f"cannot listen on port {port}: {error.strerror}") from None
    return False


def migrate(*, now: datetime) -> Iterator[str]:
    """Migrate every database. Copies an SQLite file first if it has pending migrations.

    Raises CommandError if a database cannot be used.
    """
    try:
        yield from _migrate(now=now)
    except (DatabaseError, sqlite3.Error) as error:
        names = ", ".join(str(connections[alias].settings_dict["NAME"]) for alias in all_aliases())
        raise CommandError(f"cannot use the database {names}: {error}") from None


def _migrate(*, now: datetime) -> Iterator[str]:
    if not any(_has_tables(alias) for alias in all_aliases()) and clock.read(clock.file()):
        clock.reset()
        yield "resetting the clock, since the database is new"
    for alias in all_aliases():
        connection = connections[alias]
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if not pending:
            continue
        if executor.loader.applied_migrations and connection.vendor == "sqlite":
            yield f"kept a copy of the older database: {_copy(alias, now=now)}"
        yield f"migrating the database {alias} ({len(pending)} migrations)"
    call_command("migrate_all", stdout=_Silent())


def _has_tables(alias: str) -> bool:
    return bool(connections[alias].introspection.table_names())


class _Silent:
    def write(self, text: str) -> None:
        return None


def _copy(alias: str, *, now: datetime) -> Path:
    source = Path(str(connections[alias].settings_dict["NAME"]))
    folder = settings.VAR_DIR / "copies"
    folder.mkdir(exist_ok=True)
    target = folder / f"{source.stem}-{now:%Y%m%d-%H%M%S}.sqlite3"
    if shutil.disk_usage(folder).free < source.stat().st_size * 2:
        raise CommandError(f"no room in {folder} for a copy of {source.name}")
    # The copy holds password hashes.
    target.touch(mode=0o600)
    # SQLite's backup includes the write-ahead log.
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    return target


def mail_folder() -> Path:
    """Return the folder of mail files."""
    return Path(settings.VAR_DIR) / "mail"


def load_content() -> Iterator[str]:
    """Publish the shipped courses and prices, and create the demo people."""
    yield "loading the courses and prices"
    call_command("course", "load", stdout=_Silent())
    billing.load_prices(now=now())
    if created := demo.load():
        yield f"created {created} demo people"
