"""A database that has lost a constraint is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pytest
from django.core.checks import Error
from django.db import connections, router
from django.db.models import Model

from contexts.billing.models import LedgerEntry, Wallet
from contexts.billing.models.ledger import FinalRow
from contexts.community.models import Notification
from contexts.shared.database.checks import constraints
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from tests import needs

ALIAS, BILLING = alias_of("community"), alias_of("billing")
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def _without(model: type[Model], name: str) -> Iterator[Any]:
    """Take a constraint from the database within the block."""
    alias = router.db_for_write(model)
    declared = model._meta.constraints
    [lost] = [one for one in declared if one.name == name]
    with pytest.MonkeyPatch.context() as patch, connections[alias].schema_editor() as editor:
        # SQLite makes the table anew from the model.
        patch.setattr(model._meta, "constraints", [one for one in declared if one is not lost])
        editor.remove_constraint(model, lost)
    try:
        yield lost
    finally:
        with connections[alias].schema_editor() as editor:
            editor.add_constraint(model, lost)


def _said(alias: str) -> list[str]:
    found = constraints.constraints_are_enforced(databases=[alias])
    assert {(type(one), one.id) for one in found} <= {(Error, "busuu.E009")}
    return [one.msg.removeprefix(f"{alias}: ") for one in found]


class TestADatabase:
    def test_as_its_migrations_made_it_passes(self) -> None:
        assert constraints.constraints_are_enforced(databases=all_aliases()) == []

    def test_that_lost_a_unique_constraint_is_refused(self) -> None:
        with _without(Notification, "community_notified_once"):
            assert _said(ALIAS) == [
                "community_notification does not enforce that cause, recipient_id is unique"
            ]

    @pytest.mark.skipif(connections[ALIAS].vendor != "postgresql", reason=needs.POSTGRESQL)
    def test_that_enforces_it_for_some_rows_only_is_refused(self) -> None:
        with _without(Notification, "community_notified_once"):
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(
                    "CREATE UNIQUE INDEX partly ON community_notification (cause, recipient_id)"
                    " WHERE read_at IS NULL"
                )
            said = _said(ALIAS)
            with connections[ALIAS].cursor() as cursor:
                cursor.execute("DROP INDEX partly")

        assert len(said) == 1

    def test_that_lost_a_check_is_refused(self) -> None:
        with _without(Wallet, "billing_wallet_not_below_0"):
            assert _said(BILLING) == ["billing_wallet does not enforce billing_wallet_not_below_0"]

    def test_that_lost_the_ledgers_triggers_is_refused(self) -> None:
        migration = import_module("contexts.billing.migrations.0002_final_ledger")
        with connections[BILLING].schema_editor() as editor:
            migration.unguard(None, editor)
        try:
            said = _said(BILLING)
        finally:
            with connections[BILLING].schema_editor() as editor:
                migration.guard(None, editor)

        final = {model._meta.db_table for model in FinalRow.__subclasses__()}
        assert {one.split(" has lost its trigger ")[0] for one in said} == final

    def test_that_lets_a_key_lead_nowhere_is_refused(self) -> None:
        with connections[BILLING].cursor() as cursor:
            kept = connections[BILLING].introspection.get_constraints(
                cursor, LedgerEntry._meta.db_table
            )
        loose = {name: {**facts, "foreign_key": None} for name, facts in kept.items()}

        assert list(constraints._lacks_of(LedgerEntry, kept)) == []
        assert {*constraints._lacks_of(LedgerEntry, loose)} == {
            f"billing_ledgerentry does not enforce that {column} refers to a row"
            for column in ("account_id", "transaction_id")
        }
