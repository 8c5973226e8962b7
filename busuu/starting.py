"""What a serving process does before it serves."""

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

# Those that have not answered yet: whoever meets one first checks it.
unchecked: set[str] = set()


def refuse_what_is_wrong() -> None:
    """Run the system checks, those of the databases and their replicas among them.

    Raises CommandError. A database that does not answer stops nobody from starting: the process
    is not ready until it does and is as it should be. `serve` and `migrate` run checks themselves.
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
    """Raises SystemCheckError, and what a database that does not answer raises."""
    try:
        call_command("check", databases=[alias], tags=[Tags.database])
    except SystemCheckError as wrong:
        log.warning("database_is_wrong", alias=alias, error=str(wrong))
        raise
    unchecked.discard(alias)


def settle() -> None:
    """Let the garbage collector look past all that is loaded by now, and never goes.

    A full collection would walk 160,000 objects, again and again where many are made: for a tenth
    of a second each time, in the middle of a request or of a relayed batch.
    """
    gc.collect()
    gc.freeze()
