"""The sandbox takes over the tables that it had in billing, or creates them."""

import contexts.shared.kernel.ids
import django.db.models.deletion
from django.db import migrations, models


# A table before those that refer to it.
NAMES = ("Session", "Subscription", "Charge", "Event")


def take_over_or_create(apps, schema_editor):
    existing = _tables(schema_editor)
    for model, former in _models(apps):
        if former in existing:
            schema_editor.alter_db_table(model, former, model._meta.db_table)
        elif model._meta.db_table not in existing:
            schema_editor.create_model(model)


def give_back(apps, schema_editor):
    existing = _tables(schema_editor)
    for model, former in _models(apps):
        if model._meta.db_table in existing:
            schema_editor.alter_db_table(model, model._meta.db_table, former)


def _models(apps):
    """Yield each model with the name of its table in the time when it was billing's."""
    for name in NAMES:
        yield apps.get_model("sandbox", name), f"billing_sandbox{name.lower()}"


def _tables(schema_editor):
    with schema_editor.connection.cursor() as cursor:
        return set(schema_editor.connection.introspection.table_names(cursor))


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('billing', '0006_sandbox_moves_out'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.CharField(max_length=60, primary_key=True, serialize=False)),
                    ('reference', models.CharField(max_length=60)),
                    ('customer_ref', models.CharField(max_length=60)),
                    ('description', models.CharField(max_length=200)),
                    ('minor', models.BigIntegerField()),
                    ('renewal_minor', models.BigIntegerField(default=0)),
                    ('first_minor', models.BigIntegerField(help_text='The first payment after a trial, if it differs from the renewals.', null=True)),
                    ('currency', models.CharField(max_length=3)),
                    ('months', models.PositiveSmallIntegerField(default=0)),
                    ('trial_days', models.PositiveSmallIntegerField(default=0)),
                    ('status', models.CharField(max_length=10)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('created_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('reference',), name='billing_sandbox_reference')],
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.UUIDField(default=contexts.shared.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=60)),
                    ('object_ref', models.CharField(max_length=60)),
                    ('created_at', models.DateTimeField()),
                    ('sent', models.PositiveIntegerField(default=0)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='sandbox.session')),
                ],
            ),
            migrations.CreateModel(
                name='Charge',
                fields=[
                    ('id', models.CharField(max_length=60, primary_key=True, serialize=False)),
                    ('minor', models.BigIntegerField()),
                    ('currency', models.CharField(max_length=3)),
                    ('status', models.CharField(help_text='succeeded, failed or disputed.', max_length=10)),
                    ('period_start', models.DateTimeField(null=True)),
                    ('period_end', models.DateTimeField(null=True)),
                    ('dispute_at', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField()),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges', to='sandbox.session')),
                ],
            ),
            migrations.CreateModel(
                name='Subscription',
                fields=[
                    ('id', models.CharField(max_length=60, primary_key=True, serialize=False)),
                    ('status', models.CharField(max_length=10)),
                    ('card', models.CharField(max_length=16)),
                    ('started_at', models.DateTimeField()),
                    ('period_start', models.DateTimeField()),
                    ('period_end', models.DateTimeField()),
                    ('periods', models.PositiveIntegerField(default=0)),
                    ('failures', models.PositiveSmallIntegerField(default=0)),
                    ('cancel_at_end', models.BooleanField(default=False)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to='sandbox.session')),
                ],
            ),
        ]),
        # MariaDB refuses DDL in a transaction; elsewhere the whole migration is one.
        migrations.RunPython(take_over_or_create, give_back, atomic=False),
    ]
