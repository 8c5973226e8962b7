"""Errors of the infrastructure are told from errors of a command, on each engine."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
    connection,
)
from rest_framework.test import APIClient

from contexts.identity.models import User
from contexts.shared.database.failures.outages import is_full, is_infrastructure, is_outage
from contexts.shared.database.placement.aliases import alias_of
from tests import needs
from tests.factories.identity import UserFactory
from tests.integration.http.checks import assert_problem

ClientFor = Callable[[User], APIClient]

SMALL_FILE = 64_000


def _caused(error: Exception, **attributes: Any) -> Exception:
    cause = type("Cause", (Exception,), attributes)()
    error.__cause__ = cause
    return error


def _postgresql(state: str | None, kind: type[Exception] = OperationalError) -> Exception:
    return _caused(kind("said"), sqlstate=state)


def _sqlite(name: str) -> Exception:
    error = OperationalError("said")
    cause = sqlite3.OperationalError("said")
    cause.sqlite_errorname = name
    error.__cause__ = cause
    return error


OUTAGES = [
    *(_postgresql(state) for state in ("53100", "53200", "53300", "53400")),
    *(_postgresql(state) for state in ("57P01", "57P03", "08006", "57014")),
    InterfaceError("connection already closed"),
    _postgresql("25P03", InternalError),
    _postgresql("25006", InternalError),
    _postgresql(None),
    *(OperationalError(code, "said") for code in (1021, 1114, 1040, 1290, 1969)),
    *(OperationalError(code, "said") for code in (2003, 2006, 2013)),
    InternalError(3, "Error writing file (Errcode: 28)"),
    *(_sqlite(name) for name in ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN")),
]
CONFLICTS = [
    _postgresql("40001"),
    _postgresql("40P01"),
    OperationalError(1213, "Deadlock found"),
    OperationalError("database is locked"),
]
BUGS = [
    _postgresql("22001", DataError),
    _postgresql("23505", IntegrityError),
    _postgresql("42P01", ProgrammingError),
    _postgresql(None, ProgrammingError),
    IntegrityError(1062, "Duplicate entry"),
    ProgrammingError(1146, "no such table"),
    _sqlite("SQLITE_ERROR"),
    OperationalError(1054, "Unknown column"),
    OperationalError("no such table: courses_course"),
    IntegrityError("UNIQUE constraint failed"),
    ValueError(1021),
    RuntimeError("connection already closed"),
]


class TestAnOutage:
    @pytest.mark.parametrize("error", OUTAGES, ids=repr)
    def test_is_no_fault_of_the_command(self, error: Exception) -> None:
        assert is_outage(error)
        assert is_infrastructure(error)

    @pytest.mark.parametrize("error", BUGS, ids=repr)
    def test_is_not_what_a_command_did_wrong(self, error: Exception) -> None:
        assert not is_outage(error)

    @pytest.mark.parametrize("conflict", CONFLICTS, ids=repr)
    def test_is_told_from_a_conflict(self, conflict: Exception) -> None:
        assert is_outage(conflict)
        assert not is_infrastructure(conflict)

    def test_for_want_of_room_is_known(self) -> None:
        full = [_postgresql("53100"), OperationalError(1021, "said"), _sqlite("SQLITE_FULL")]

        assert all(map(is_full, full))
        assert not is_full(_postgresql("53300"))


@pytest.fixture
def full_disk() -> Iterator[Callable[[], None]]:
    """Yield a function that lets no file of this process grow. Call it again to end that."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    limits = iter([(SMALL_FILE, before[1]), before])
    yield lambda: resource.setrlimit(resource.RLIMIT_FSIZE, next(limits))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(connection.vendor != "sqlite", reason=needs.SQLITE)
@pytest.mark.django_db(transaction=True)
class TestADiskThatIsFull:
    def test_refuses_for_a_while_and_makes_the_process_unready(
        self, client_for: ClientFor, full_disk: Callable[[], None]
    ) -> None:
        client = client_for(UserFactory())

        full_disk()
        refused = _last_of_many_writes(client)
        unready = APIClient().get("/readyz")
        full_disk()
        ready = APIClient().get("/readyz")

        assert assert_problem(refused, 503) == "unavailable"
        assert int(refused["Retry-After"]) > 0
        alias = alias_of("identity")
        assert unready.json()["checks"][f"database:{alias}"] == "no room to write"
        assert (unready.status_code, ready.status_code) == (503, 200)


def _last_of_many_writes(client: APIClient) -> Any:
    for number in range(200):
        response = client.patch("/api/v1/me", {"display_name": f"Ana {number}"})
        if response.status_code != 200:
            break
    return response
