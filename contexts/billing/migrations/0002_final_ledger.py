"""The database itself refuses to change what is posted.

UPDATE is refused on every engine. DELETE is refused on PostgreSQL, whose TRUNCATE test suites
empty their tables with, and on MariaDB and MySQL unless foreign keys are off, as Django's flush
turns them. On SQLite a flush is a plain DELETE: there only the models refuse it.
"""

from django.db import migrations

TABLES = ("billing_ledgertransaction", "billing_ledgerentry", "billing_invoice")
MESSAGE = "the ledger is final"


def guard(apps, schema_editor):
    make = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}
    for statement in make[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for table in TABLES:
        if vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_final ON {table}", params=None)
            continue
        for name in (f"{table}_no_update", f"{table}_no_delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def _sqlite():
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def _postgresql():
    yield (
        "CREATE OR REPLACE FUNCTION billing_ledger_is_final() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    for table in TABLES:
        yield (
            f"CREATE TRIGGER {table}_final BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION billing_ledger_is_final()"
        )


def _mysql():
    refuse = f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{MESSAGE}'"
    for table in TABLES:
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}"
        yield (
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
            f"BEGIN IF @@SESSION.foreign_key_checks = 1 THEN {refuse}; END IF; END"
        )


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    # MariaDB and MySQL take no statements like these inside a transaction.
    operations = [migrations.RunPython(guard, unguard, atomic=False)]
