"""A process with wrong settings does not start."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from tests import needs
from tests.integration.ops.deployed import python

STARTS = ["import busuu.wsgi", "import busuu.asgi"]
FREEZES = "import gc; {}; print(gc.get_freeze_count() > len(gc.get_objects()))"
SET_UP = (
    "import busuu.celery; from celery.signals import celeryd_after_setup as setup; setup.send(None)"
)
CELERY = "from celery.__main__ import main; main()"
SHOW = "import busuu.wsgi; from celery.signals import worker_init; worker_init.send(None)"


def _start(code: str, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return python("-c", code, *arguments, **changed)


class TestAProcess:
    @pytest.mark.parametrize("code", STARTS)
    def test_starts_though_its_database_is_away_and_spares_the_garbage_collector(
        self, code: str
    ) -> None:
        started = _start(FREEZES.format(code))

        assert started.returncode == 0, started.stderr
        assert "database_unchecked" in started.stderr
        assert started.stdout.endswith("True\n")

    def test_does_not_start_over_one_that_is_wrong_though_another_is_away(
        self, tmp_path: Path
    ) -> None:
        lax = f"sqlite:///{tmp_path}/courses.sqlite3?transaction_mode=DEFERRED"

        started = _start(STARTS[0], DATABASE_URL_COURSES=lax)

        assert started.returncode == 1
        assert "courses: SQLite must begin IMMEDIATE" in started.stderr

    @pytest.mark.skipif(connection.vendor != "mysql", reason=needs.MARIADB)
    def test_does_not_start_with_a_wrong_password(self) -> None:
        host = os.environ["DATABASE_URL"].rpartition("@")[2]

        started = _start(STARTS[0], DATABASE_URL=f"mysql://busuu:wrong@{host}")

        assert started.returncode == 1
        assert "default: (1045" in started.stderr.splitlines()[-1]

    def test_of_celery_spares_the_garbage_collector_too(self) -> None:
        started = _start(FREEZES.format(SET_UP))

        assert started.stdout.endswith("True\n"), started.stderr

    @pytest.mark.parametrize("code", STARTS)
    def test_does_not_start_with_weak_passwords(self, code: str) -> None:
        started = _start(code, ARGON2_MEMORY_KIB="64")

        assert started.returncode == 1
        assert "busuu.E014" in started.stderr

    @pytest.mark.parametrize("kind", ["worker", "beat"])
    def test_of_celery_does_not_start_either(self, kind: str, tmp_path: Path) -> None:
        schedule = ["-s", str(tmp_path / "schedule")]

        started = _start(CELERY, "-A", "busuu", kind, *schedule, ARGON2_MEMORY_KIB="64")

        assert started.returncode == 1
        assert "busuu.E014" in started.stderr


class TestAWorker:
    def test_says_in_a_line_that_another_one_has_its_port_for_metrics(self) -> None:
        with socket.create_server(("0.0.0.0", 0)) as other:
            started = _start(SHOW, METRICS_PORT=str(other.getsockname()[1]))

        [line] = [each for each in started.stderr.splitlines() if "metrics" in each]
        assert '"event": "metrics_not_shown"' in line
        assert "Address already in use" in line
        assert "Traceback" not in started.stderr


class TestForms:
    def test_are_taken_from_every_host_that_is_served(self) -> None:
        started = _start(
            "from django.conf import settings; print(*settings.CSRF_TRUSTED_ORIGINS)",
            ALLOWED_HOSTS=".busuu.example,api.example",
        )

        assert started.stdout.split() == ["https://*.busuu.example", "https://api.example"]
