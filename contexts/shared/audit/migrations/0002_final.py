"""The database itself refuses to change what was recorded, as it does for the ledger."""

from django.db import migrations

from contexts.shared.database.statements import final

TABLE = "audit_auditentry"


def guard(apps, schema_editor):
    final.make_final(schema_editor, TABLE, message="the audit log is final")


def unguard(apps, schema_editor):
    final.release(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    # MariaDB and MySQL take no statements like these inside a transaction.
    operations = [migrations.RunPython(guard, unguard, atomic=False)]
