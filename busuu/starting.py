"""Checks and preparation of a process before it serves."""

import gc

import structlog
from django.conf import settings
from django.core.checks import Tags
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import Error as DatabaseError

from contexts.shared.database.failures.outages import is_outage
from contexts.shared.database.placement.aliases import all_aliases

log = structlog.get_logger(__name__)

# Databases that have not answered yet. The first readiness probe that reaches one checks it.
unchecked: set[str] = set()


def refuse_what_is_wrong() -> None:
    """Run the system checks, also those of databases and replicas. Raises CommandError.

    A process starts without a database that does not answer, and is not ready until that one
    answers and passes its checks. Does nothing in development: `serve` runs checks itself.
    """
    if settings.DEVELOPMENT:
        return
    call_command("check")
    for alias in (*all_aliases(), *settings.REPLICAS.values()):
        try:
            check_database(alias)
        except DatabaseError as error:
            if not is_outage(error):
                raise CommandError(f"{alias}: {error}") from error
            log.warning("database_unchecked", alias=alias, error=str(error).strip())
            unchecked.add(alias)


def check_database(alias: str) -> None:
    """Check one database. Raises SystemCheckError, or an outage's error if it does not answer."""
    try:
        call_command("check", databases=[alias], tags=[Tags.database])
    except SystemCheckError as wrong:
        log.warning("database_is_wrong", alias=alias, error=str(wrong))
        raise
    unchecked.discard(alias)


def settle() -> None:
    """Exclude everything that is loaded by now from garbage collection.

    Each full collection would walk 160,000 objects for a tenth of a second, in the middle of a
    request or of a batch.
    """
    gc.collect()
    gc.freeze()
