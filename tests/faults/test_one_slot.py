"""Many HTTP clients book one slot at once, with web processes on real databases."""

import http.client
import json
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faults import databases
from tests.faults.databases import run
from tests.faults.processes import Process, free_port

CLIENTS, ROUNDS, WEB_WORKERS = 64, 50, 2
QUARTER = timedelta(minutes=15)
_NOT_ASKED = {"BROKER_URL", "KAFKA_URL"}
ENGINES = {"postgresql": "POSTGRESQL_URL", "mariadb": "MARIADB_URL"}


@dataclass
class Deployment:
    """Web processes with a database of their own."""

    environment: dict[str, str]
    port: int
    world: dict[str, Any]


@pytest.fixture(params=sorted(ENGINES))
def deployment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deployment]:
    server = os.environ.get(ENGINES[request.param])
    if not server:
        pytest.skip(f"needs a database at {ENGINES[request.param]}: make test-faults")
    if request.param == "mariadb":
        pytest.importorskip("MySQLdb", reason="needs the extra mysql: make test-faults")
    with databases.made(server) as url:
        environment = {
            **{name: value for name, value in os.environ.items() if name not in _NOT_ASKED},
            "DJANGO_SETTINGS_MODULE": "busuu.settings.local",
            "DATABASE_URL": url,
            "VAR_DIR": str(tmp_path),
        }
        run(environment, "manage.py", "migrate_all")
        world = json.loads(run(environment, "-m", "tests.faults.slot_world", str(CLIENTS)))
        port = free_port()
        with _serving(environment, port, tmp_path / "web.log"):
            yield Deployment(environment, port, world)


@contextmanager
def _serving(environment: dict[str, str], port: int, log: Path) -> Iterator[None]:
    options = ["--interface", "wsgi", "--workers", str(WEB_WORKERS), "--blocking-threads", "6"]
    command = ["granian", *options, "--port", str(port), "busuu.wsgi:application"]
    web = Process([sys.executable, "-m", *command], environment, log)
    web.start()
    try:
        web.wait_until_it_answers(port)
        yield
    finally:
        web.stop()


class Crowd:
    """A client with a lasting connection for each learner."""

    def __init__(self, deployment: Deployment) -> None:
        self.world, self.port = deployment.world, deployment.port
        self.first = datetime.fromisoformat(self.world["first"])
        self._own = threading.local()

    def wants(self, starts: list[datetime]) -> Counter[tuple[int, str]]:
        """Let all clients book at once, each one start, in turn."""
        gate = threading.Barrier(CLIENTS)

        def want(number: int) -> tuple[int, str]:
            gate.wait(timeout=60)
            return self._book(self.world["tokens"][number], starts[number % len(starts)])

        return Counter(self.threads.map(want, range(CLIENTS)))

    def _book(self, token: str, starts_at: datetime) -> tuple[int, str]:
        body = {
            "tutor": self.world["tutor"],
            "starts_at": starts_at.isoformat(),
            "language": "en-GB",
        }
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection = self._connection()
        connection.request("POST", "/api/v1/tutoring/lessons", json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()).get("code", "")

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        kept: http.client.HTTPConnection = self._own.connection
        return kept

    def __enter__(self) -> "Crowd":
        self.threads = ThreadPoolExecutor(max_workers=CLIENTS)
        return self

    def __exit__(self, *_: object) -> None:
        self.threads.shutdown()


class TestASlot:
    def test_has_one_winner_each_round_also_where_starts_overlap(
        self, deployment: Deployment
    ) -> None:
        outcomes: Counter[tuple[int, str]] = Counter()
        with Crowd(deployment) as crowd:
            for number in range(ROUNDS):
                begin = crowd.first + timedelta(hours=3 * number)
                overlapping = [begin + n * QUARTER for n in range(4)]
                outcome = crowd.wants(overlapping if number % 2 else [begin])
                assert outcome[201, ""] == 1, (number, outcome)
                outcomes += outcome

        assert outcomes == {(201, ""): ROUNDS, (409, "slot_taken"): ROUNDS * (CLIENTS - 1)}
        checked = run(deployment.environment, "manage.py", "ledger", "check")
        assert "everything adds up" in checked
        print(f"{ROUNDS} rounds, {CLIENTS} clients, {WEB_WORKERS} web processes: {dict(outcomes)}")
