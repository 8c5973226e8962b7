"""What a serving process does before it serves."""

import gc

import structlog
from django.conf import settings
from django.core.management import call_command
from django.db import Error as DatabaseError

from contexts.shared.database.aliases import all_aliases

log = structlog.get_logger(__name__)


def refuse_what_is_wrong() -> None:
    """Run the system checks, those of the databases among them.

    Raises SystemCheckError. A database that does not answer stops nobody from starting: the
    process is not ready until it does, and says so. `serve` and `migrate` run checks themselves.
    """
    if settings.DEVELOPMENT:
        return
    call_command("check")
    try:
        call_command("check", databases=all_aliases())
    except DatabaseError as error:
        log.warning("databases_unchecked", reason=type(error).__name__)


def settle() -> None:
    """Let the garbage collector look past all that is loaded by now, and never goes.

    A full collection would walk 160,000 objects, again and again where many are made: for a tenth
    of a second each time, in the middle of a request or of a relayed batch.
    """
    gc.collect()
    gc.freeze()
