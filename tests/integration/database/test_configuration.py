"""The system checks. Each one is shown to fail."""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core import checks as django_checks
from django.core.management import call_command
from django.db import connections
from django.db.models import F, Q, UniqueConstraint
from django.db.models.functions import Lower

from contexts.community.models import Member
from contexts.shared.database.checks import configuration
from contexts.shared.database.placement.aliases import alias_of, all_aliases
from tests import needs

ALIAS = alias_of("identity")
VENDOR = connections[ALIAS].vendor


def _ids(found: list[django_checks.CheckMessage]) -> set[str]:
    return {str(message.id) for message in found}


class TestOurOwnProject:
    @pytest.mark.django_db
    def test_passes_every_check(self) -> None:
        found = django_checks.run_checks(databases=all_aliases(), include_deployment_checks=False)

        assert [message for message in found if not message.is_silenced()] == []

    @pytest.mark.django_db
    def test_has_a_migration_for_every_change(self) -> None:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


class Connection:
    """A connection with answers of our own for the queries of a check."""

    def __init__(self, vendor: str, answers: dict[str, str], options: dict[str, str]) -> None:
        self.vendor = vendor
        self.answers = answers
        self.settings_dict = {"OPTIONS": options}

    def is_in_memory_db(self) -> bool:
        return False

    def cursor(self) -> "Connection":
        return self

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute(self, sql: str) -> None:
        self.asked = sql

    def fetchone(self) -> tuple[Any]:
        return (self.answers[self.asked],)

    def fetchall(self) -> list[tuple[Any]]:
        return []

    def close(self) -> None:
        return None


MARIADB = {
    "SELECT @@sql_mode": "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
    "SELECT @@tx_isolation": "READ-COMMITTED",
    "SELECT @@collation_database": "utf8mb4_bin",
}
POSTGRESQL = {
    "SHOW transaction_isolation": "read committed",
    "SHOW server_encoding": "UTF8",
    configuration._BY_CODE_POINT: True,
}
WAL = {"PRAGMA journal_mode": "wal"}
IMMEDIATE = {"transaction_mode": "IMMEDIATE"}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Let an alias lead to a pretended server."""
    monkeypatch.setattr(configuration.transaction, "atomic", lambda using: nullcontext())

    def lead(vendor: str, answers: dict[str, str], options: dict[str, str]) -> list[Any]:
        connections["elsewhere"] = Connection(vendor, answers, options)
        return configuration.engine_options(databases=["elsewhere"])

    connections.settings["elsewhere"] = {}
    yield lead
    del connections["elsewhere"]
    del connections.settings["elsewhere"]


class TestAnEngine:
    def test_with_the_right_options_passes(self, elsewhere: Any) -> None:
        assert elsewhere("sqlite", WAL, IMMEDIATE) == []
        assert elsewhere("mysql", MARIADB, {}) == []
        assert elsewhere("postgresql", POSTGRESQL, {}) == []

    @pytest.mark.parametrize(
        ("answers", "options", "error"),
        [
            (WAL, {}, "busuu.E001"),
            (WAL, {"transaction_mode": "DEFERRED"}, "busuu.E001"),
            ({"PRAGMA journal_mode": "delete"}, IMMEDIATE, "busuu.E002"),
        ],
    )
    def test_of_sqlite_is_refused(
        self, answers: dict[str, str], options: dict[str, str], error: str, elsewhere: Any
    ) -> None:
        assert _ids(elsewhere("sqlite", answers, options)) == {error}

    @pytest.mark.parametrize(
        ("variable", "value", "error"),
        [
            ("SELECT @@sql_mode", "NO_ENGINE_SUBSTITUTION", "busuu.E003"),
            ("SELECT @@tx_isolation", "REPEATABLE-READ", "busuu.E004"),
            ("SELECT @@collation_database", "utf8mb4_general_ci", "busuu.E005"),
        ],
    )
    def test_of_mariadb_is_refused(
        self, variable: str, value: str, error: str, elsewhere: Any
    ) -> None:
        assert _ids(elsewhere("mysql", {**MARIADB, variable: value}, {})) == {error}

    @pytest.mark.parametrize(
        ("setting", "value", "error"),
        [
            ("SHOW transaction_isolation", "repeatable read", "busuu.E004"),
            ("SHOW server_encoding", "SQL_ASCII", "busuu.E005"),
            (configuration._BY_CODE_POINT, False, "busuu.E005"),
        ],
    )
    def test_of_postgresql_is_refused(
        self, setting: str, value: Any, error: str, elsewhere: Any
    ) -> None:
        assert _ids(elsewhere("postgresql", {**POSTGRESQL, setting: value}, {})) == {error}


@pytest.mark.django_db(transaction=True)
class TestARealServer:
    """A pretended server cannot show that the queries of the checks are right."""

    @pytest.mark.skipif(VENDOR != "postgresql", reason=needs.POSTGRESQL)
    def test_is_refused_by_the_isolation_that_its_transactions_get(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connection = connections[ALIAS]
        with monkeypatch.context() as patch:
            patch.setitem(connection.settings_dict["OPTIONS"], "isolation_level", 4)
            connection.close()
            found = configuration.engine_options(databases=[ALIAS])
        connection.close()

        assert _ids(found) == {"busuu.E004"}

    @pytest.mark.skipif(VENDOR != "mysql", reason=needs.MARIADB)
    @pytest.mark.parametrize(
        ("change", "back"),
        [
            (
                "CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                "CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            ),
            ("ENGINE = MyISAM", "ENGINE = InnoDB"),
        ],
    )
    def test_is_refused_with_a_table_of_another_kind(self, change: str, back: str) -> None:
        table = "messaging_inboxentry"
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} {change}")
        try:
            found = configuration.engine_options(databases=[ALIAS])
        finally:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(f"ALTER TABLE {table} {back}")

        assert _ids(found) == {"busuu.E005"}
        assert table in found[0].msg


class TestAConstraint:
    @pytest.mark.parametrize(
        "constraint",
        [
            UniqueConstraint(fields=["id"], condition=Q(lessons_completed=1), name="conditional"),
            UniqueConstraint(Lower("display_name"), name="expression"),
            UniqueConstraint(F("display_name").desc(), name="ordered"),
        ],
        ids=lambda constraint: constraint.name,
    )
    def test_that_mariadb_would_drop_is_refused(
        self, constraint: UniqueConstraint, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Member._meta, "constraints", [constraint])

        found = configuration.portable_constraints()

        assert _ids(found) == {"busuu.E006"}
        assert constraint.name in found[0].msg

    def test_of_ours_is_enforced_by_every_engine(self) -> None:
        ours = [m for m in apps.get_models() if m.__module__.startswith("contexts.")]

        assert sum(len(model._meta.constraints) for model in ours) > 10
        assert configuration.portable_constraints() == []


class TestConnections:
    @pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
    def test_that_do_not_last_are_refused(self, settings: Any) -> None:
        settings.DEVELOPMENT = False
        settings.DATABASES = {
            "lasting": {"CONN_MAX_AGE": 600},
            "pooled": {"CONN_MAX_AGE": 0, "OPTIONS": {"pool": True}},
            "fleeting": {"CONN_MAX_AGE": 0},
        }

        found = configuration.persistent_connections()

        assert [message.msg for message in found] == ["fleeting: CONN_MAX_AGE is 0"]
        assert _ids(found) == {"busuu.E016"}


PRODUCTION = {
    "DEVELOPMENT": False,
    "DEBUG": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "GRAPHQL_INTROSPECTION": False,
    "CELERY_BROKER_URL": "amqp://broker.example//",
    "ARGON2_MEMORY_KIB": 19_456,
}


class TestADevelopmentSetting:
    @pytest.mark.parametrize(
        ("name", "value", "error"),
        [
            ("DEBUG", True, "busuu.E010"),
            ("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend", "busuu.E011"),
            ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "busuu.E011"),
            ("GRAPHQL_INTROSPECTION", True, "busuu.E012"),
            ("CELERY_BROKER_URL", "memory://", "busuu.E013"),
            ("ARGON2_MEMORY_KIB", 19_455, "busuu.E014"),
        ],
    )
    def test_is_refused_elsewhere(self, name: str, value: Any, error: str, settings: Any) -> None:
        for known, right in PRODUCTION.items():
            setattr(settings, known, right)
        assert configuration.development_switch() == []

        setattr(settings, name, value)

        assert _ids(configuration.development_switch()) == {error}

    def test_is_allowed_in_development(self) -> None:
        assert django_settings.DEVELOPMENT
        assert configuration.development_switch() == []
