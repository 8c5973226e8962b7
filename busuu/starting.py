"""What a serving process looks at before it serves."""

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
