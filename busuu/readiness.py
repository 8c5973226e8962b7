"""What a process needs to do its work. A thread of its own looks, since a service may hang."""

import threading

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import SystemCheckError
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor

from busuu import starting
from busuu.celery import app
from contexts.billing import api as billing
from contexts.identity.queries import legal_faults
from contexts.shared.database.failures import room
from contexts.shared.database.failures.outages import is_outage
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.database.placement.replicas import answers
from contexts.shared.database.statements.server_clock import seconds_ahead

OK = "ok"
READ_AT_HOME = "away; its primary answers"
_BROKER_SECONDS = 1
_SKEW_SECONDS = 5.0
# A page names this file in any deployment.
_STATIC_FILE = "busuu/base.css"


class Look:
    """The checks by name, made anew for each probe, one look at a time.

    A look that does not end in time leaves its last results, and the process is not ready.
    """

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._checks: dict[str, str] = {}

    def latest(self) -> dict[str, str]:
        """Return the state of each service, after READINESS_SECONDS at most."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="readiness", daemon=True)
                self._thread.start()
            thread = self._thread
        thread.join(settings.READINESS_SECONDS)
        if thread.is_alive():
            return {**self._checks, "look": f"no answer within {settings.READINESS_SECONDS} s"}
        return dict(self._checks)

    def _look(self) -> None:
        try:
            self._checks = _look()
        finally:
            connections.close_all()


def is_ready(checks: dict[str, str]) -> bool:
    """Whether the process can do its work. A clock that differs is said, and does not matter."""
    return bool(checks) and all(
        state in {OK, READ_AT_HOME} or name.startswith("clock:") for name, state in checks.items()
    )


def _look() -> dict[str, str]:
    databases = {f"database:{alias}": _database(alias) for alias in all_aliases()}
    replicas = {f"replica:{alias}": _replica(alias) for alias in settings.REPLICAS.values()}
    clocks = {f"clock:{alias}": _clock(alias) for alias in all_aliases()}
    others = {"broker": _broker(), "static": _static_files(), "catalog": _catalog()}
    legal = {"legal": "; ".join(legal_faults()) or OK}
    return {**databases, **replicas, **clocks, **others, **legal}


def _replica(alias: str) -> str:
    try:
        _check(alias)
        return OK if answers(alias) else READ_AT_HOME
    except Error as error:
        return READ_AT_HOME if is_outage(error) else type(error).__name__
    except SystemCheckError as error:
        return type(error).__name__


def _check(alias: str) -> None:
    if alias in starting.unchecked:
        starting.check_database(alias)


def _database(alias: str) -> str:
    try:
        _check(alias)
        executor = MigrationExecutor(connections[alias])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if pending:
            return f"{len(pending)} migrations pending"
        return OK if room.is_there(using=alias) else "no room to write"
    except Exception as error:
        return type(error).__name__


def _clock(alias: str) -> str:
    try:
        ahead = seconds_ahead(using=alias)
    except Error as error:
        return type(error).__name__
    if abs(ahead) < _SKEW_SECONDS:
        return OK
    return f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the database"


def _broker() -> str:
    try:
        with app.connection_for_write(connect_timeout=_BROKER_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, timeout=_BROKER_SECONDS)
    except Exception as error:
        return type(error).__name__
    return OK


def _catalog() -> str:
    found = billing.catalog_faults()
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{found[0]}{more}; run manage.py prices check" if found else OK


def _static_files() -> str:
    try:
        staticfiles_storage.url(_STATIC_FILE)
    except ValueError:
        return "not collected: run manage.py collectstatic"
    return OK
