"""Turns database URLs into DATABASES, with the options that each engine needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from warnings import catch_warnings

import environ
from django.core.exceptions import ImproperlyConfigured

CONTEXTS = ("identity", "courses", "community", "tutoring", "billing")

# Without a timeout a silent server would block its callers for ever.
_CONNECT_SECONDS = 5
_CONN_MAX_AGE_SECONDS = 600
# A server ends statements itself. This is how much longer a caller waits before giving it up.
_ANSWER_SECONDS = 5
_IDLE_SECONDS = 60
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
_MYSQL_SESSION = (
    "SET sql_mode='STRICT_TRANS_TABLES', "
    "collation_connection=utf8mb4_bin, default_storage_engine=InnoDB"
)


def _postgresql(seconds: int) -> dict[str, Any]:
    options: dict[str, Any] = {
        "connect_timeout": _CONNECT_SECONDS,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
    }
    if not seconds:
        return options
    server = {
        "statement_timeout": seconds * 1000,
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
    }
    return options | {
        "tcp_user_timeout": (seconds + _ANSWER_SECONDS) * 1000,
        "patience": seconds + _ANSWER_SECONDS,
        "options": " ".join(f"-c {name}={value}" for name, value in server.items()),
    }


def _mysql(seconds: int) -> dict[str, Any]:
    options: dict[str, Any] = {
        "connect_timeout": _CONNECT_SECONDS,
        "charset": "utf8mb4",
        "isolation_level": "read committed",
        "init_command": _MYSQL_SESSION,
    }
    if not seconds:
        return options
    # Each server reads its own comment: MariaDB the first, MySQL the second.
    limits = (
        f" /*M!100300 , max_statement_time={seconds}, idle_transaction_timeout={_IDLE_SECONDS} */"
        f" /*!80000 , max_execution_time={seconds * 1000} */"
    )
    return options | {
        "init_command": _MYSQL_SESSION + limits,
        "read_timeout": seconds + _ANSWER_SECONDS,
        "write_timeout": seconds + _ANSWER_SECONDS,
    }


_ENGINE_OPTIONS: dict[str, Callable[[int], dict[str, Any]]] = {
    "django.db.backends.sqlite3": lambda _: dict(_SQLITE),
    "django.db.backends.postgresql": _postgresql,
    "django.db.backends.mysql": _mysql,
}
_BOUNDED = {"django.db.backends.postgresql": "contexts.shared.database.postgresql"}


def database(
    url: str, *, variable: str = "DATABASE_URL", statement_seconds: int = 0
) -> dict[str, Any]:
    """Return an entry of DATABASES for a URL like `postgres://user:password@host:port/name`.

    A statement may take `statement_seconds`; 0 sets no limit. The query of the URL overrides the
    options here. Raises ImproperlyConfigured.
    """
    config = _read(url, variable)
    engine = config["ENGINE"]
    config["OPTIONS"] = {**_ENGINE_OPTIONS[engine](statement_seconds), **config.get("OPTIONS", {})}
    config["CONN_MAX_AGE"] = _max_age(config, variable)
    config["CONN_HEALTH_CHECKS"] = engine != "django.db.backends.sqlite3"
    config["ENGINE"] = _BOUNDED.get(engine, engine)
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


def databases(env: environ.Env, *, default: str, statement_seconds: int = 0) -> Databases:
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
        alias: database(
            url, variable=_of("DATABASE_URL", alias), statement_seconds=statement_seconds
        )
        for url, alias in alias_by_url.items()
    }
    replicas = {}
    for alias, (variable, url) in _replicas(env, aliases).items():
        replicas[alias] = f"{alias}_replica"
        config = database(url, variable=variable, statement_seconds=statement_seconds)
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
