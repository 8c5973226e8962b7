"""The database itself refuses to change what was recorded, as it does for the ledger.

DELETE is refused on PostgreSQL, and on MariaDB and MySQL unless foreign keys are off, as Django's
flush of test databases turns them. On SQLite a flush is a plain DELETE: there only the model
refuses it.
"""

from django.db import migrations

TABLE = "audit_auditentry"
MESSAGE = "the audit log is final"


def guard(apps, schema_editor):
    make = {"sqlite": _sqlite, "postgresql": _postgresql, "mysql": _mysql}
    for statement in make[schema_editor.connection.vendor]():
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_final ON {TABLE}", params=None)
        return
    for name in (f"{TABLE}_no_update", f"{TABLE}_no_delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def _sqlite():
    yield (
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql():
    yield (
        "CREATE OR REPLACE FUNCTION audit_log_is_final() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {TABLE}_final BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_log_is_final()"
    )


def _mysql():
    refuse = f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{MESSAGE}'"
    yield f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW {refuse}"
    yield (
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
        f"BEGIN IF @@SESSION.foreign_key_checks = 1 THEN {refuse}; END IF; END"
    )


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    # MariaDB and MySQL take no statements like these inside a transaction.
    operations = [migrations.RunPython(guard, unguard, atomic=False)]
