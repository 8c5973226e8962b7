"""SQLite makes a table anew to add a column, and loses its triggers. Make the lost ones again."""

from django.db import migrations

from contexts.shared.database.statements import final

TABLES = ("billing_ledgertransaction", "billing_ledgerentry", "billing_invoice")


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        final.make_final(schema_editor, *TABLES, message="the ledger is final")


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_vouchers_and_refunds")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
