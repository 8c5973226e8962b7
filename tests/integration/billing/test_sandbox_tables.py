"""The sandbox's tables leave billing with their rows."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from busuu.sandbox import models as vendor
from contexts.shared.database.placement.aliases import alias_of
from tests.factories.billing import CustomerFactory, bought, charge

pytestmark = pytest.mark.django_db(transaction=True)

ALIAS = alias_of("billing")
GRAPH = MigrationLoader(None).graph
NEWEST = [*GRAPH.leaf_nodes("billing"), *GRAPH.leaf_nodes("sandbox")]
BEFORE = [("sandbox", None), ("billing", "0005_one_trial")]
BETWEEN = [("sandbox", None), ("billing", "0006_sandbox_moves_out")]
NAMES = ("session", "subscription", "charge", "event")
OLD, NEW = {f"billing_sandbox{name}" for name in NAMES}, {f"sandbox_{name}" for name in NAMES}

Migrate = Callable[[list[tuple[str, str | None]]], None]


@pytest.fixture
def migrate() -> Iterator[Migrate]:
    def to(targets: Any) -> None:
        MigrationExecutor(connections[ALIAS]).migrate(targets)

    yield to
    to(NEWEST)


def _tables() -> set[str]:
    return set(connections[ALIAS].introspection.table_names()) & (OLD | NEW)


# Columns of a payment page since it holds a card before it charges it.
LATER = {"page", "country", "card", "card_country", "billing_country", "hold", "authorized_at"}


def _rows() -> list[list[dict[str, Any]]]:
    """Return the rows, with the columns that the tables have had from the beginning."""
    kinds = (vendor.Session, vendor.Subscription, vendor.Charge, vendor.Event)
    rows = [list(kind._default_manager.order_by("pk").values()) for kind in kinds]
    return [[{name: row[name] for name in row.keys() - LATER} for row in table] for table in rows]


def _bought() -> None:
    customer: Any = CustomerFactory()
    charge(bought(customer.pk, "premium-monthly"))


def test_keep_their_rows_on_the_way_there_and_back(migrate: Migrate) -> None:
    _bought()
    before = _rows()

    migrate(BEFORE)
    back = _tables()
    migrate(NEWEST)

    assert back == OLD
    assert _tables() == NEW
    assert _rows() == before
    assert all(before)
    with pytest.raises(IntegrityError), transaction.atomic(using=ALIAS):
        vendor.Session.objects.create(**{**before[0][0], "id": "cs_2"})


def test_can_be_used_after_they_were_taken_over(migrate: Migrate) -> None:
    _bought()
    migrate(BEFORE)
    migrate(NEWEST)

    _bought()

    assert [len(rows) for rows in _rows()] == [2, 2, 2, 4]


def test_are_dropped_from_a_database_that_never_used_them(migrate: Migrate) -> None:
    migrate(BEFORE)
    empty = _tables()

    migrate(BETWEEN)

    assert empty == OLD
    assert _tables() == set()


def test_stay_with_their_rows_where_no_sandbox_takes_them(migrate: Migrate) -> None:
    _bought()
    before = _rows()
    migrate(BEFORE)

    migrate(BETWEEN)

    assert _tables() == OLD
    migrate(NEWEST)
    assert _rows() == before


def test_are_created_where_there_were_none(migrate: Migrate) -> None:
    migrate(BETWEEN)

    migrate(NEWEST)

    assert _tables() == NEW
    assert _rows() == [[], [], [], []]
    _bought()
    assert all(_rows())
