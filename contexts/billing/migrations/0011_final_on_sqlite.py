"""SQLite makes a table anew to add a column, and loses its triggers. Make the lost ones again."""

from django.db import migrations

TABLES = ("billing_ledgertransaction", "billing_ledgerentry", "billing_invoice")


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table in TABLES:
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'the ledger is final'); END",
            params=None,
        )


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_vouchers_and_refunds")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
