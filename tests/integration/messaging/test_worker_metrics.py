"""The METRICS_PORT of a worker shows the counts of its children."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from contexts.identity import api as identity
from contexts.identity.events import ProfileChanged
from contexts.shared.kernel import now
from contexts.shared.messaging.registry import subscribers_of
from contexts.shared.messaging.relay import relay_all
from tests.factories.identity import UserFactory
from tests.faults.processes import free_port
from tests.integration.messaging.workers import (
    Worker,
    alone_at_the_broker,
    eventually,
    needs_servers,
)
from tests.integration.ops.deployed import python

SHARED = "import busuu.celery, os; print(os.environ['PROMETHEUS_MULTIPROC_DIR'])"


class Watched(Worker):
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        super().__init__(
            folder / "worker.log",
            METRICS_PORT=str(self.port),
            PROMETHEUS_MULTIPROC_DIR="",
            TMPDIR=str(folder),
        )

    def shown(self, name: str) -> list[str]:
        """Return the samples with this prefix."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
                lines = answer.read().decode().splitlines()
        except OSError:
            return []
        return [line for line in lines if line.startswith(name)]


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Watched]:
    with alone_at_the_broker():
        worker = Watched(tmp_path)
        worker.start()
        yield worker
        worker.kill()


@needs_servers
@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
class TestAWatchedWorker:
    def test_shows_what_its_children_count(self, worker: Watched, settings: Any) -> None:
        settings.MESSAGING_RESEND_AFTER = timedelta(seconds=3)
        user = UserFactory()
        identity.change_profile(user_id=user.pk, changes={"display_name": "seen"}, now=now())

        def handled() -> bool:
            # Messages that expire while the worker starts are sent again.
            relay_all()
            samples = worker.shown('busuu_deliveries_total{result="handled",')
            return len(samples) == len(subscribers_of(ProfileChanged))

        seen = eventually(handled)
        envelopes = worker.shown("busuu_envelope_seconds_count")
        tasks = worker.shown('busuu_task_seconds_count{result="success",task="messaging.deliver"}')

        assert (seen, bool(envelopes), bool(tasks)) == (True, True, True), worker.log.read_text()


class TestAFolderOfCounts:
    def test_goes_with_its_process(self, tmp_path: Path) -> None:
        done = python("-c", SHARED, "worker", METRICS_PORT="9", TMPDIR=str(tmp_path))

        folder = Path(done.stdout.strip())
        assert folder.parent == tmp_path, done.stderr
        assert list(tmp_path.iterdir()) == []
