"""What each operation may ask of the databases, beside authentication: recorded, and equal."""

import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from busuu import rest
from contexts.shared.database.placement.aliases import all_aliases
from tests.integration.endpoints import OPERATIONS, World
from tests.integration.roles.stage import undone

BUDGETS = tomllib.loads(
    Path(__file__).with_name("statement_budgets.toml").read_text(encoding="utf-8")
)
MOST, MOST_HOT, MOST_TO_ANSWER = 12, 2, 6
# What the transaction costs is the same everywhere; the cache is a server where there is one.
CACHE = "shared_cache"
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "SET ")


@pytest.fixture(scope="module", params=[1, 100])
def _built(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        yield World(request.param)


@pytest.fixture
def world(_built: World, db: None) -> World:
    """The small world or the large one; each test leaves it as it found it."""
    return _built


def _statements(operation: str, world: World) -> list[str]:
    asking = OPERATIONS[operation](world)
    client = asking.client()
    with ExitStack() as watched:
        captured = [
            watched.enter_context(CaptureQueriesContext(connections[alias]))
            for alias in all_aliases()
        ]
        answer = asking.send(client, operation.split(maxsplit=1)[0])
    assert answer.status_code < 300, answer.content
    asked = [query["sql"] for each in captured for query in each]
    counted = [sql for sql in asked if not sql.startswith(NOT_COUNTED) and CACHE not in sql]
    return counted[1:] if asking.caller and authenticates(counted[0]) else counted


def authenticates(sql: str) -> bool:
    return sql.startswith("SELECT") and "identity_session" in sql and "access_version" in sql


def _operations() -> Iterator[str]:
    for name, view in _views(rest.urlpatterns):
        for method in ("get", "post", "put", "patch", "delete"):
            if hasattr(view, method):
                yield f"{method} {name}"


def _views(patterns: list[Any]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.name, pattern.callback.view_class


class TestTheBudgets:
    def test_name_every_operation_and_no_other(self) -> None:
        operations = sorted(_operations())

        assert operations == sorted(BUDGETS)
        assert operations == sorted(OPERATIONS)

    def test_stay_below_the_limits(self) -> None:
        over = {
            name
            for name, budget in BUDGETS.items()
            if budget["statements"] > MOST * budget.get("contexts", 1)
        }
        slow = {
            name
            for name, budget in BUDGETS.items()
            if budget.get("hot") and budget["statements"] > MOST_HOT
        }

        assert over == set()
        assert slow == set()
        assert BUDGETS["post answers"]["statements"] <= MOST_TO_ANSWER

    def test_call_every_read_of_a_learner_hot_or_say_why_not(self) -> None:
        cold = {
            name
            for name, budget in BUDGETS.items()
            if name.startswith("get") and not budget.get("hot")
        }

        assert all(BUDGETS[name].get("why") for name in cold), cold


@pytest.mark.parametrize("operation", BUDGETS)
class TestAnOperation:
    def test_asks_what_is_recorded_however_many_rows_there_are(
        self, operation: str, world: World
    ) -> None:
        allowed = BUDGETS[operation]["statements"]

        asked = _statements(operation, world)

        assert len(asked) == allowed, "\n".join(asked)
