"""Outages: the database is away or overwhelmed, so ask again in a moment."""

from django.db import InterfaceError, OperationalError

from contexts.shared.database.failures.conflicts import is_conflict

# PostgreSQL: connection exceptions, too many connections, shutting down or starting up.
_SQLSTATES = ("08", "53300", "57P0")
# MySQL/MariaDB: too many connections, shutting down, unreachable, gone away, killed.
_MYSQL_CODES = {1040, 1053, 1927, 2002, 2003, 2006, 2013}


def is_outage(error: BaseException) -> bool:
    """Whether the same request, which is in order, may succeed a moment later."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    return is_conflict(error) or _is_away(error)


def _is_away(error: OperationalError) -> bool:
    if error.args and error.args[0] in _MYSQL_CODES:
        return True
    # The state of psycopg's errors is None if no server answered.
    state = getattr(error.__cause__, "sqlstate", "none")
    return state is None or state.startswith(_SQLSTATES) or "unable to open" in str(error)
