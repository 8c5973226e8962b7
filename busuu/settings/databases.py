"""Turns database URLs into DATABASES, with the options that each engine needs."""

from dataclasses import dataclass
from typing import Any
from warnings import catch_warnings

import environ
from django.core.exceptions import ImproperlyConfigured

CONTEXTS = ("identity", "courses", "community", "tutoring", "billing")

# Without a timeout a silent server would block its callers for ever.
_CONNECT_SECONDS = 5
_CONN_MAX_AGE_SECONDS = 600
_ENGINE_OPTIONS: dict[str, dict[str, Any]] = {
    "django.db.backends.sqlite3": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
    "django.db.backends.postgresql": {"connect_timeout": _CONNECT_SECONDS},
    "django.db.backends.mysql": {
        "connect_timeout": _CONNECT_SECONDS,
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        "init_command": (
            "SET sql_mode='STRICT_TRANS_TABLES', "
            "collation_connection=utf8mb4_bin, default_storage_engine=InnoDB"
        ),
    },
}


def database(url: str, *, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Return an entry of DATABASES for a URL like `postgres://user:password@host:port/name`.

    The query of the URL overrides the options here. Raises ImproperlyConfigured.
    """
    config = _read(url, variable)
    engine = config["ENGINE"]
    config["OPTIONS"] = {**_ENGINE_OPTIONS[engine], **config.get("OPTIONS", {})}
    config["CONN_MAX_AGE"] = _max_age(config, variable)
    config["CONN_HEALTH_CHECKS"] = engine != "django.db.backends.sqlite3"
    if engine == "django.db.backends.mysql":
        config["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"}
    return config


def _read(url: str, variable: str) -> dict[str, Any]:
    """Parse a URL. Errors do not repeat it, because it may hold a password."""
    try:
        # Its warnings become errors below.
        with catch_warnings(action="ignore"):
            config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    except ValueError:
        config = {}
    if config.get("ENGINE") not in _ENGINE_OPTIONS:
        raise ImproperlyConfigured(
            f"{variable} must be postgres://user:password@host:port/name, mysql://… "
            "or sqlite:///path"
        )
    return config


def _max_age(config: dict[str, Any], variable: str) -> int | None:
    age = config.get("CONN_MAX_AGE", _CONN_MAX_AGE_SECONDS)
    if age is not None and not (isinstance(age, int) and age >= 0):
        raise ImproperlyConfigured(f"{variable}: conn_max_age must be a number of seconds")
    return age


@dataclass(frozen=True)
class Databases:
    """DATABASES, the alias of each context, and the replica of each alias."""

    configured: dict[str, Any]
    by_context: dict[str, str]
    replicas: dict[str, str]


def databases(env: environ.Env, *, default: str) -> Databases:
    """Read `DATABASE_URL` for all contexts and `DATABASE_URL_<CONTEXT>` for single ones.

    Contexts with the same URL share one alias; with two, a database would be relayed twice.
    `DATABASE_REPLICA_URL` and `DATABASE_REPLICA_URL_<CONTEXT>` name read replicas.
    Raises ImproperlyConfigured.
    """
    shared = env.str("DATABASE_URL", default=default)
    alias_by_url = {shared: "default"}
    aliases = {}
    for context in CONTEXTS:
        url = env.str(_of("DATABASE_URL", context), default="") or shared
        aliases[context] = alias_by_url.setdefault(url, context)
    configured = {
        alias: database(url, variable=_of("DATABASE_URL", alias))
        for url, alias in alias_by_url.items()
    }
    replicas = {}
    for alias, (variable, url) in _replicas(env, aliases).items():
        replicas[alias] = f"{alias}_replica"
        config = database(url, variable=variable)
        configured[replicas[alias]] = {**config, "TEST": {"MIRROR": alias}}
    return Databases(configured, aliases, replicas)


def _of(variable: str, name: str) -> str:
    return variable if name == "default" else f"{variable}_{name.upper()}"


def _replicas(env: environ.Env, aliases: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return the variable and the URL of the replica of each alias."""
    found: dict[str, tuple[str, str]] = {}
    for name, alias in {"default": "default", **aliases}.items():
        variable = _of("DATABASE_REPLICA_URL", name)
        if not (url := env.str(variable, default="")):
            continue
        if alias == "default" != name:
            raise ImproperlyConfigured(
                f"{variable} is set, but {name} has no database of its own: "
                f"{_of('DATABASE_URL', name)} names none"
            )
        first, same = found.setdefault(alias, (variable, url))
        if url != same:
            raise ImproperlyConfigured(f"{first} and {variable} are replicas of one database")
    return found
