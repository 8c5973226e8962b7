"""From database URLs to Django's DATABASES, with the options each engine is only right with."""

from dataclasses import dataclass
from typing import Any

import environ

CONTEXTS = ("identity", "courses", "community", "tutoring", "billing")

_ENGINE_OPTIONS: dict[str, dict[str, Any]] = {
    "django.db.backends.sqlite3": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
    "django.db.backends.postgresql": {},
    "django.db.backends.mysql": {
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        "init_command": (
            "SET sql_mode='STRICT_TRANS_TABLES', "
            "collation_connection=utf8mb4_bin, default_storage_engine=InnoDB"
        ),
    },
}


def database(url: str) -> dict[str, Any]:
    """One entry of DATABASES for a URL like `postgres://user:password@host:port/name`."""
    config: dict[str, Any] = dict(environ.Env.db_url_config(url))
    engine = config["ENGINE"]
    config["OPTIONS"] = {**_ENGINE_OPTIONS.get(engine, {}), **config.get("OPTIONS", {})}
    config["CONN_MAX_AGE"] = 600
    config["CONN_HEALTH_CHECKS"] = engine != "django.db.backends.sqlite3"
    if engine == "django.db.backends.mysql":
        config["TEST"] = {"CHARSET": "utf8mb4", "COLLATION": "utf8mb4_bin"}
    return config


@dataclass(frozen=True)
class Databases:
    """DATABASES, the alias each context lives on, and the alias of each alias's replica."""

    configured: dict[str, Any]
    by_context: dict[str, str]
    replicas: dict[str, str]


def databases(env: environ.Env, *, default: str) -> Databases:
    """`DATABASE_URL` serves everyone; `DATABASE_URL_<CONTEXT>` gives one context its own.

    Contexts with one URL share one alias: a database that had two would be relayed twice.
    `DATABASE_REPLICA_URL` and `DATABASE_REPLICA_URL_<CONTEXT>` name a read replica of each.
    """
    shared = env.str("DATABASE_URL", default=default)
    alias_by_url = {shared: "default"}
    aliases = {}
    for context in CONTEXTS:
        url = env.str(f"DATABASE_URL_{context.upper()}", default="") or shared
        aliases[context] = alias_by_url.setdefault(url, context)
    configured = {alias: database(url) for url, alias in alias_by_url.items()}
    replicas = {}
    for alias in list(configured):
        name = "DATABASE_REPLICA_URL" + ("" if alias == "default" else f"_{alias.upper()}")
        if url := env.str(name, default=""):
            replicas[alias] = f"{alias}_replica"
            configured[replicas[alias]] = {**database(url), "TEST": {"MIRROR": alias}}
    return Databases(configured, aliases, replicas)
