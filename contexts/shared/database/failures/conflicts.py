"""Conflicts: another transaction was in the way, so run the command again."""

from django.db import OperationalError

# PostgreSQL: serialization failure, deadlock. MySQL/MariaDB: deadlock, lock wait timeout,
# and "record has changed since last read" (1020).
_SQLSTATES = {"40001", "40P01"}
_MYSQL_CODES = {1213, 1205, 1020}


def is_conflict(error: Exception) -> bool:
    """Whether the whole command may succeed if it runs again."""
    if not isinstance(error, OperationalError):
        return False
    if getattr(error.__cause__, "sqlstate", None) in _SQLSTATES:
        return True
    if error.args and error.args[0] in _MYSQL_CODES:
        return True
    return "database is locked" in str(error)
