"""The database errors that are answered with "ask again in a moment"."""

import pytest
from django.db import DataError, IntegrityError, InterfaceError, OperationalError

from contexts.shared.database.failures.outages import is_outage


class PsycopgError(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        self.sqlstate = sqlstate


def _of_postgresql(sqlstate: str | None) -> OperationalError:
    error = OperationalError("it says why")
    error.__cause__ = PsycopgError(sqlstate)
    return error


class TestAnOutage:
    @pytest.mark.parametrize(
        "error",
        [
            InterfaceError("connection already closed"),
            _of_postgresql(None),
            _of_postgresql("08006"),
            _of_postgresql("57P01"),
            _of_postgresql("57P03"),
            _of_postgresql("53300"),
            _of_postgresql("40P01"),
            OperationalError(2003, "Can't connect to MySQL server"),
            OperationalError(2013, "Lost connection to server during query"),
            OperationalError(1040, "Too many connections"),
            OperationalError(1213, "Deadlock found"),
            OperationalError("database is locked"),
            OperationalError("unable to open database file"),
        ],
    )
    def test_is_an_error_that_passes(self, error: Exception) -> None:
        assert is_outage(error)

    @pytest.mark.parametrize(
        "error",
        [
            IntegrityError("UNIQUE constraint failed"),
            DataError("too long"),
            _of_postgresql("53100"),
            _of_postgresql("57014"),
            OperationalError(1054, "Unknown column"),
            OperationalError("no such table: courses_course"),
            RuntimeError("connection already closed"),
        ],
    )
    def test_is_not_an_error_that_stays(self, error: Exception) -> None:
        assert not is_outage(error)
