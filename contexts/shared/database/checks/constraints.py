"""The check that refuses a database whose tables lack a rule that the code relies on."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor
from django.db.models import CheckConstraint, Model, UniqueConstraint

Columns = frozenset[str]

_PARTIAL = "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL"
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    "mysql": "SELECT trigger_name FROM information_schema.triggers"
    " WHERE trigger_schema = DATABASE()",
}


@register(Tags.database)
def constraints_are_enforced(
    databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Return an error for each constraint of a model that the database does not enforce.

    An engine, a restore or a person may have dropped it. Skips a database that waits for
    migrations. A model names the triggers that its migrations make, by engine, as `triggers`.
    """
    return [
        Error(
            f"{alias}: {lack}",
            hint="Restore it. Check for rows that break it.",
            id="busuu.E009",
        )
        for alias in databases or ()
        if not _awaits_migrations(alias)
        for lack in _lacks(alias)
    ]


def _awaits_migrations(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _lacks(alias: str) -> Iterator[str]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        partial = _names(cursor, _PARTIAL) if connection.vendor == "postgresql" else set()
        triggers = _names(cursor, _TRIGGERS[connection.vendor])
        for model in apps.get_models():
            ours = model.__module__.startswith("contexts.") and model._meta.managed
            if not ours or not router.allow_migrate_model(alias, model):
                continue
            table = model._meta.db_table
            enforced = connection.introspection.get_constraints(cursor, table)
            whole = {name: facts for name, facts in enforced.items() if name not in partial}
            yield from _lacks_of(model, whole)
            for name in sorted(_triggers(model, connection.vendor) - triggers):
                yield f"{table} has lost its trigger {name}"


def _names(cursor: Any, sql: str) -> set[str]:
    cursor.execute(sql)
    return {name for (name,) in cursor.fetchall()}


def _triggers(model: type[Model], vendor: str) -> set[str]:
    named: dict[str, tuple[str, ...]] = getattr(model, "triggers", {})
    return {name.format(table=model._meta.db_table) for name in named.get(vendor, ())}


def _lacks_of(model: type[Model], enforced: dict[str, Any]) -> Iterator[str]:
    table, facts = model._meta.db_table, enforced.values()
    unique = {frozenset(one["columns"]) for one in facts if one["unique"] or one["primary_key"]}
    for columns in sorted(_uniques(model) - unique, key=sorted):
        yield f"{table} does not enforce that {', '.join(sorted(columns))} is unique"
    checks = {one.name for one in model._meta.constraints if isinstance(one, CheckConstraint)}
    for name in sorted(checks - {name for name, one in enforced.items() if one["check"]}):
        yield f"{table} does not enforce {name}"
    pointing = {tuple(one["columns"]) for one in facts if one["foreign_key"]}
    for column in _foreign_keys(model):
        if (column,) not in pointing:
            yield f"{table} does not enforce that {column} refers to a row"


def _uniques(model: type[Model]) -> set[Columns]:
    fields = model._meta.local_concrete_fields
    single = {frozenset([str(field.column)]) for field in fields if field.unique}
    several = {
        frozenset(_column(model, name) for name in constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    return single | several


def _foreign_keys(model: type[Model]) -> list[str]:
    fields = model._meta.local_concrete_fields
    return [str(field.column) for field in fields if getattr(field, "db_constraint", False)]


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)
