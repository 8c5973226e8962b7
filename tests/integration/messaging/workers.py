"""A Celery worker in a process of its own, with the test's database and a real broker."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connections

from busuu.celery import CONTEXT_QUEUES, DEFAULT_QUEUE, app
from contexts.shared.database.placement.aliases import alias_of
from tests import needs

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60.0

_CELERY = "from celery.__main__ import main; main()"
_OPTIONS = ("--concurrency", "2", "--loglevel", "WARNING", "--without-mingle")
_SETTINGS = {"DJANGO_SETTINGS_MODULE": "busuu.settings.test", "CELERY_BROKER_URL": ""}


class Worker:
    def __init__(self, log: Path, **environment: str) -> None:
        self.log = log
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        queues = ",".join((*CONTEXT_QUEUES, DEFAULT_QUEUE))
        celery = [sys.executable, "-c", _CELERY, "-A", "busuu"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*celery, "worker", "-Q", queues, *_OPTIONS],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": _url(), **_SETTINGS, **self.environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """Send SIGKILL to the worker and all its children at once."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _url() -> str:
    """Return the DATABASE_URL of the test's own database."""
    name = str(connections[alias_of("identity")].settings_dict["NAME"])
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def eventually(look: Callable[[], bool], *, seconds: float = SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if look():
            return True
        time.sleep(0.05)
    return False


def empty_the_broker() -> None:
    """Purge every queue."""
    with app.connection_for_write() as connection:
        for queue in app.amqp.queues.values():
            bound = queue(connection.default_channel)
            bound.declare()
            bound.purge()


@contextmanager
def alone_at_the_broker() -> Iterator[None]:
    """Use the queues of the shared broker alone within the block."""
    with (Path(tempfile.gettempdir()) / "busuu-test-broker.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        empty_the_broker()
        yield
        empty_the_broker()


HAS_BROKER = not settings.CELERY_BROKER_URL.startswith("memory")
HAS_SERVERS = HAS_BROKER and not os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite")

needs_servers = pytest.mark.skipif(not HAS_SERVERS, reason=needs.SERVERS)
