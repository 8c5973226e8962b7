"""Billing gives up the sandbox's four tables.

Tables with rows stay for the app that takes them over (busuu.sandbox, in development only).
Empty ones are dropped, so production keeps none.
"""

from django.db import migrations

# A table before those that refer to it.
NAMES = ("SandboxSession", "SandboxSubscription", "SandboxCharge", "SandboxEvent")


def drop_if_empty(apps, schema_editor):
    models = [apps.get_model("billing", name) for name in NAMES]
    using = schema_editor.connection.alias
    if models[0]._default_manager.using(using).exists():
        return
    for model in reversed(models):
        schema_editor.delete_model(model)


def create_if_missing(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        existing = schema_editor.connection.introspection.table_names(cursor)
    for name in NAMES:
        model = apps.get_model("billing", name)
        if model._meta.db_table not in existing:
            schema_editor.create_model(model)


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0005_one_trial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop_if_empty, create_if_missing)],
            state_operations=[migrations.DeleteModel(name=name) for name in reversed(NAMES)],
        ),
    ]
