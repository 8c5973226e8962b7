"""Web, worker and beat in separate processes, with chosen databases and broker."""

import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from busuu.celery import CONTEXT_QUEUES, DEFAULT_QUEUE
from tests.faults.databases import run
from tests.faults.processes import Process, free_port

EMBEDDED = "memory://localhost"
RESEND_SECONDS = 5
SETTLE_SECONDS = 240
_OURS = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "KAFKA_URL")


class Deployment:
    """Over an empty database, which it migrates. Without a broker, the web process does it all."""

    def __init__(
        self,
        folder: Path,
        *,
        database: str,
        broker: str,
        workers: int = 1,
        skew: int = 0,
        **variables: str,
    ) -> None:
        self.folder, self.port = folder, free_port()
        # Seconds by which the clock of the workers is ahead.
        self._skew = skew
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(_OURS)},
            "DJANGO_SETTINGS_MODULE": "tests.faults.fire.settings",
            "DATABASE_URL": database,
            "BROKER_URL": broker,
            "VAR_DIR": str(folder),
            "MESSAGING_RESEND_AFTER": str(RESEND_SECONDS),
            **variables,
        }
        self._stopped = threading.Event()
        self._keeping = threading.Thread(target=self._keep, daemon=True)
        self.processes = self._make(workers if broker != EMBEDDED else 0)
        run(self.environment, "manage.py", "migrate_all")
        self.ask("prepare")

    def start(self) -> None:
        for process in self.processes.values():
            process.start()
        self._keeping.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._keeping.is_alive():
            self._keeping.join()
        for process in self.processes.values():
            process.kill()

    def _keep(self) -> None:
        """Restart ended processes, as a supervisor does: Celery ends if Redis is killed."""
        while not self._stopped.wait(1.0):
            for process in self.processes.values():
                process.revive()

    def wait_until_it_answers(self) -> None:
        self.processes["web"].wait_until_it_answers(self.port)

    def ask(self, command: str, *words: object) -> Any:
        """Run a command of tests.faults.fire. Return its answer."""
        output = run(self.environment, "-m", "tests.faults.fire", command, *map(str, words))
        return json.loads(output.splitlines()[-1])

    def manage(self, *words: str) -> str:
        return run(self.environment, "manage.py", *words)

    def settled(self) -> float:
        """Wait until nothing is open. Return the seconds."""
        settled = self.ask("settle", SETTLE_SECONDS)
        logs = {name: process.log_end() for name, process in self.processes.items()}
        assert settled["open"] == 0, (settled, logs)
        return float(settled["seconds"])

    def tally(self, acknowledged: set[str] | None = None) -> dict[str, Any]:
        file = self.folder / "acknowledged"
        file.write_text("\n".join(acknowledged or ()))
        counted: dict[str, Any] = self.ask("tally", file)
        return counted

    def _make(self, workers: int) -> dict[str, Process]:
        commands: Mapping[str, list[str]] = {"web": self._web(embedded=not workers)}
        if workers:
            commands = {
                **commands,
                **{f"worker{n or ''}": self._worker(n) for n in range(workers)},
                "beat": self._beat(),
            }
        return {
            name: Process(
                [sys.executable, "-m", *command], self.environment, self.folder / f"{name}.log"
            )
            for name, command in commands.items()
        }

    def _web(self, *, embedded: bool) -> list[str]:
        what = ["--factory", "busuu.embedded:build"] if embedded else ["busuu.wsgi:application"]
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "6"]
        return ["granian", *options, "--port", str(self.port), *what]

    def _worker(self, number: int) -> list[str]:
        queues = ",".join((*CONTEXT_QUEUES, DEFAULT_QUEUE))
        options = ["-n", f"fire{number}@localhost", "-l", "WARNING", "-c", "2", "-Q", queues]
        command = ["celery", "-A", "busuu", "worker", *options]
        return ["tests.faults.skewed", str(self._skew), *command] if self._skew else command

    def _beat(self) -> list[str]:
        schedule = str(self.folder / "beat-schedule")
        return ["celery", "-A", "busuu", "beat", "-l", "WARNING", "-s", schedule, "--pidfile="]


@contextmanager
def deployed(folder: Path, **over: Any) -> Iterator[Deployment]:
    """Yield a deployment whose processes end with the block."""
    made = Deployment(folder, **over)
    try:
        yield made
    finally:
        made.stop()
