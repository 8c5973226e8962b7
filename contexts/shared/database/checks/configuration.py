"""Checks that refuse to start with settings under which our rules would silently fail."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, router, transaction
from django.db.models import UniqueConstraint

_OWASP_ARGON2_KIB = 19_456
_BY_CODE_POINT = "SELECT 'B' < 'a' AND 'z' < 'é'"
_DIFFERING = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = DATABASE() AND engine <> 'InnoDB'
    UNION SELECT table_name FROM information_schema.columns
    WHERE table_schema = DATABASE() AND collation_name <> 'utf8mb4_bin'
"""


@register(Tags.database)
def engine_options(databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an engine whose settings break our rules."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        vendor = connections[alias].vendor
        if vendor == "sqlite":
            errors += _sqlite(alias)
        if vendor == "mysql":
            errors += _mariadb(alias)
        if vendor == "postgresql":
            errors += _postgresql(alias)
    return errors


def _sqlite(alias: str) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    connection = connections[alias]
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        errors.append(Error(f"{alias}: SQLite must begin IMMEDIATE", id="busuu.E001"))
    in_memory = connection.is_in_memory_db()  # type: ignore[attr-defined]
    if not in_memory and _scalar(alias, "PRAGMA journal_mode") != "wal":
        errors.append(Error(f"{alias}: SQLite must keep its journal in WAL", id="busuu.E002"))
    return errors


def _mariadb(alias: str) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    if "STRICT_TRANS_TABLES" not in str(_scalar(alias, "SELECT @@sql_mode")):
        errors.append(Error(f"{alias}: sql_mode must be strict", id="busuu.E003"))
    if _scalar(alias, "SELECT @@tx_isolation") != "READ-COMMITTED":
        errors.append(Error(f"{alias}: isolation must be READ COMMITTED", id="busuu.E004"))
    if _scalar(alias, "SELECT @@collation_database") != "utf8mb4_bin":
        errors.append(Error(f"{alias}: the database must collate utf8mb4_bin", id="busuu.E005"))
    return errors + [
        Error(f"{alias}: {table} must be of InnoDB and collate utf8mb4_bin", id="busuu.E005")
        for table in _differing_tables(alias)
    ]


def _differing_tables(alias: str) -> list[str]:
    """Return our tables whose engine or collation differs from the database's own."""
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("contexts.") and router.allow_migrate_model(alias, model)
    }
    with connections[alias].cursor() as cursor:
        cursor.execute(_DIFFERING)
        return sorted(ours & {table for (table,) in cursor.fetchall()})


def _postgresql(alias: str) -> list[CheckMessage]:
    errors: list[CheckMessage] = []
    # The isolation that a transaction gets, from the database's default or the URL.
    with transaction.atomic(using=alias):
        isolation = _scalar(alias, "SHOW transaction_isolation")
    if isolation != "read committed":
        errors.append(Error(f"{alias}: isolation must be READ COMMITTED", id="busuu.E004"))
    if _scalar(alias, "SHOW server_encoding") != "UTF8":
        errors.append(Error(f"{alias}: the database must be encoded in UTF8", id="busuu.E005"))
    elif not _scalar(alias, _BY_CODE_POINT):
        errors.append(
            Error(
                f"{alias}: the database must sort text by code point",
                hint="Make it with the locale C.UTF-8.",
                id="busuu.E005",
            )
        )
    return errors


def _scalar(alias: str, sql: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


@register()
def portable_constraints(**kwargs: Any) -> list[CheckMessage]:
    """Refuse unique constraints that some engine does not enforce."""
    return [
        Error(
            f"{model._meta.label}: {constraint.name} is conditional or an expression; "
            "MySQL and MariaDB would drop it silently",
            hint="Use a nullable key column or a stored GeneratedField.",
            id="busuu.E006",
        )
        for model in apps.get_models()
        if model.__module__.startswith("contexts.")
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint)
        and (constraint.condition is not None or constraint.expressions)
    ]


@register()
def persistent_connections(**kwargs: Any) -> list[CheckMessage]:
    """Refuse a new connection per request, which costs eight times the request."""
    if settings.DEVELOPMENT:
        return []
    return [
        Error(f"{alias}: CONN_MAX_AGE is 0", id="busuu.E016")
        for alias, config in settings.DATABASES.items()
        if config.get("CONN_MAX_AGE") == 0 and not config.get("OPTIONS", {}).get("pool")
    ]


@register()
def development_switch(**kwargs: Any) -> list[CheckMessage]:
    """Refuse settings of a development machine elsewhere."""
    if settings.DEVELOPMENT:
        return []
    errors: list[CheckMessage] = []
    if settings.DEBUG:
        errors.append(Error("DEBUG is on outside development", id="busuu.E010"))
    if "filebased" in settings.EMAIL_BACKEND or "console" in settings.EMAIL_BACKEND:
        errors.append(Error("mail goes to a file outside development", id="busuu.E011"))
    if settings.GRAPHQL_INTROSPECTION:
        errors.append(Error("GraphQL introspection is open outside development", id="busuu.E012"))
    if str(settings.CELERY_BROKER_URL).startswith("memory://"):
        errors.append(Error("the broker is in memory outside development", id="busuu.E013"))
    if settings.ARGON2_MEMORY_KIB < _OWASP_ARGON2_KIB:
        errors.append(Error("passwords are hashed below OWASP's minimum", id="busuu.E014"))
    return errors
