"""Refuse a database whose tables lack a unique constraint that the code relies on."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, router
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, UniqueConstraint

Columns = frozenset[str]


@register(Tags.database)
def constraints_are_enforced(
    databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """What models declare unique is unique in the database: an engine may have dropped it, or a
    restore, or somebody by hand. A database that waits for migrations is not looked at."""
    return [
        Error(
            f"{alias}: {table} does not enforce that {', '.join(sorted(columns))} is unique",
            hint="Restore the constraint; duplicates may be there already.",
            id="busuu.E009",
        )
        for alias in databases or ()
        if not _awaits_migrations(alias)
        for table, columns in _missing(alias)
    ]


def _awaits_migrations(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _missing(alias: str) -> Iterator[tuple[str, Columns]]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        for model in apps.get_models():
            wanted = _declared(model)
            if not wanted or not router.allow_migrate_model(alias, model):
                continue
            table = model._meta.db_table
            kept = connection.introspection.get_constraints(cursor, table).values()
            found = {
                frozenset(one["columns"]) for one in kept if one["unique"] or one["primary_key"]
            }
            yield from ((table, columns) for columns in sorted(wanted - found, key=sorted))


def _declared(model: type[Model]) -> set[Columns]:
    if not model.__module__.startswith("contexts.") or not model._meta.managed:
        return set()
    fields = model._meta.local_concrete_fields
    single = {frozenset([str(field.column)]) for field in fields if field.unique}
    several = {
        frozenset(_column(model, name) for name in constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
    }
    return single | several


def _column(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)
