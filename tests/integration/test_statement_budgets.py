"""Each operation sends exactly its budget of statements, for one row and for a hundred."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.operations import OPERATIONS
from tests.operations.checks import watched
from tests.operations.graphql import ask_graphql, document, outcome
from tests.operations.record import Operation
from tests.operations.world import World, staged

MOST, MOST_OF_A_READ = 12, 2
# Resuming is two transactions around a call of the provider.
MOST_OF = {"answer": 6, "enter_room": 2, "resume_subscription": 2 * MOST}
MANY = 100
# Probes and the clock of development have no budget.
API = [pytest.param(record, id=name) for name, record in OPERATIONS.items() if record.prefix]
FIELDS = [pytest.param(record, id=name) for name, record in OPERATIONS.items() if record.graphql]
# The catalogue's lists do not grow with the learner's rows.
SHORT = {"list_prices", "list_policies"}


@pytest.fixture(scope="module", params=[1, MANY])
def _built(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World]:
    with staged(django_db_blocker, request.param) as world:
        yield world


@pytest.fixture
def world(_built: World, db: None) -> World:
    """The small world or the large one."""
    return _built


def _rows(data: Any) -> int:
    """The number of elements in all lists of an answer."""
    if isinstance(data, dict):
        return sum(_rows(inner) for inner in data.values())
    return len(data) + sum(map(_rows, data)) if isinstance(data, list) else 0


class TestTheBudgets:
    def test_stay_below_the_limits(self) -> None:
        over = {
            name
            for name, record in OPERATIONS.items()
            if record.budget()[1] > MOST_OF.get(name, MOST * record.contexts)
        }

        assert over == set()

    def test_of_reads_are_low_or_explained(self) -> None:
        over = {
            name
            for name, record in OPERATIONS.items()
            if record.method == "GET" and (record.budget()[1] > MOST_OF_A_READ) > bool(record.why)
        }

        assert over == set()

    def test_of_fields_are_low_or_explained(self) -> None:
        over = {
            name: record.budget(graphql=True)[1]
            for name, record in OPERATIONS.items()
            if record.graphql and record.budget(graphql=True)[1] > MOST
        }

        assert set(over) == {name for name, record in OPERATIONS.items() if record.graphql_why}
        assert "GET" not in {OPERATIONS[name].method for name in over}
        assert max(over.values()) <= 2 * MOST


@pytest.mark.parametrize("record", API)
class TestOverRest:
    def test_sends_its_budget_however_many_rows_there_are(
        self, record: Operation, world: World
    ) -> None:
        world.prepare(record)
        send = record.success or World.ask

        response, statements = watched(lambda: send(world, record), known=not record.is_public)

        assert response.status_code < 300, response.content
        least, most = record.budget()
        assert least <= len(statements) <= most, "\n".join(statements)


@pytest.mark.parametrize("record", FIELDS)
class TestOverGraphQL:
    def test_sends_its_budget_however_many_rows_there_are(
        self, record: Operation, world: World
    ) -> None:
        world.prepare(record)

        response, statements = watched(
            lambda: ask_graphql(world, record), known=not record.is_public
        )

        body = response.json()
        assert outcome(body) == "ok", body
        least, most = record.budget(graphql=True)
        assert least <= len(statements) <= most, "\n".join(statements)
        if world.size == MANY and "nodes" in document(record) and record.method == "GET":
            assert record.field in SHORT or _rows(body["data"]) >= 10, body
