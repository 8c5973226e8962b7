"""Outages: the database is away, overwhelmed or out of room, so ask again in a moment."""

import sqlite3

from django.db import Error, InterfaceError, OperationalError

from contexts.shared.database.failures.conflicts import is_conflict

# PostgreSQL: connection exceptions, resources (room, memory, connections, limits), a standby that
# takes no writes, a transaction that was idle, statement timeout, shutting down, system errors.
_SQLSTATES = ("08", "53", "25006", "25P03", "25P04", "57014", "57P0", "58030")
# MySQL/MariaDB: no room (3, 1021, 1026, 1030, 1114), no memory (1037, 1038, 1041, 1135), too many
# connections, shutting down, read-only, network errors, statement timeout, unreachable, gone away.
_MYSQL_CODES = {
    *(3, 1021, 1026, 1030, 1114),
    *(1037, 1038, 1041, 1135),
    *(1040, 1053, 1158, 1159, 1160, 1161, 1203, 1226, 1290, 1317, 1792, 1836, 1927, 1969),
    *(2002, 2003, 2006, 2013, 2055, 3024, 4031),
}
_SQLITE_NAMES = (
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_NOMEM",
)

_FULL_SQLSTATES = ("53100",)
_FULL_MYSQL_CODES = {3, 1021, 1026, 1030, 1114}
_FULL_SQLITE_NAMES = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")


def is_outage(error: BaseException) -> bool:
    """Whether the same request, which is in order, may succeed a moment later."""
    return is_infrastructure(error) or (isinstance(error, Exception) and is_conflict(error))


def is_infrastructure(error: BaseException) -> bool:
    """Whether the database failed, and not the command or another transaction."""
    if isinstance(error, InterfaceError):
        return True
    if _is_of(error, _SQLSTATES, _MYSQL_CODES, _SQLITE_NAMES):
        return True
    # No server answered if psycopg's error has no state.
    silent = getattr(error.__cause__, "sqlstate", "none") is None
    return isinstance(error, OperationalError) and silent


def is_full(error: BaseException) -> bool:
    """Whether the database has no room left to write."""
    return _is_of(error, _FULL_SQLSTATES, _FULL_MYSQL_CODES, _FULL_SQLITE_NAMES)


def _is_of(
    error: BaseException, states: tuple[str, ...], codes: set[int], names: tuple[str, ...]
) -> bool:
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return str(getattr(cause, "sqlite_errorname", "")).startswith(names)
    if state := getattr(cause, "sqlstate", None):
        return str(state).startswith(states)
    return bool(error.args) and error.args[0] in codes
