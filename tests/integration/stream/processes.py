"""`manage.py` in separate processes, with the test's databases and stream settings."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import orjson
from django.conf import settings
from django.db import connections

from contexts.shared.database.placement.aliases import all_aliases

ROOT = Path(__file__).resolve().parents[3]
LEASE_SECONDS = 2
START_SECONDS = 60.0
STOP_SECONDS = 30.0


class Streaming:
    """`manage.py stream_events`."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns at once."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "stream_events"],
                cwd=ROOT,
                env=environment(self.log.parent),
                stdout=log,
                stderr=log,
            )

    def wait_until_it_runs(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while "streaming " not in self.log.read_text():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> int:
        """SIGTERM. Returns the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=STOP_SECONDS)
        self.process = None
        return code


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a process that uses the test's databases and stream."""
    stream = settings.STREAM
    return {
        **{name: value for name, value in os.environ.items() if name != "CACHE_URL"},
        "DJANGO_SETTINGS_MODULE": "busuu.settings.local",
        "VAR_DIR": str(folder),
        "KAFKA_URL": stream["BROKERS"],
        "KAFKA_OPTIONS": orjson.dumps(stream["OPTIONS"]).decode(),
        "STREAM_PREFIX": stream["PREFIX"],
        "STREAM_LEASE": str(LEASE_SECONDS),
        "BROKER_URL": "memory://",
        **{_variable(alias): _url(alias) for alias in all_aliases()},
    }


def _variable(alias: str) -> str:
    return "DATABASE_URL" if alias == "default" else f"DATABASE_URL_{alias.upper()}"


def _url(alias: str) -> str:
    name = str(connections[alias].settings_dict["NAME"])
    given = os.environ.get(_variable(alias), "sqlite")
    if given.startswith("sqlite"):
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(given)._replace(path=f"/{name}"))


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of manage.py to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
