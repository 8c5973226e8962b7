"""A worker that is watched: what its children count can be seen at its METRICS_PORT."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from contexts.identity import api as identity
from contexts.identity.events import ProfileChanged
from contexts.shared.kernel import now
from contexts.shared.messaging.registry import subscribers_of
from contexts.shared.messaging.relay import relay_all
from tests.factories.identity import UserFactory
from tests.integration.messaging.workers import Worker, eventually
from tests.integration.ops.deployed import python

URL = "filesystem://"
CODE = (
    "from busuu.celery import app; app.conf.broker_transport_options = {}; "
    "from celery.__main__ import main; main()"
)

SHARED = "import busuu.celery, os; print(os.environ['PROMETHEUS_MULTIPROC_DIR'])"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Watched(Worker):
    """Over a broker of files, so that it needs no server."""

    def __init__(self, folder: Path, use_broker: Callable[..., None]) -> None:
        self.port = _free_port()
        self.shared = folder / "shared"
        queues = folder / "queues"
        for one in (self.shared, queues):
            one.mkdir()
        options = {"data_folder_in": str(queues), "data_folder_out": str(queues)}
        options["control_folder"] = str(queues)
        use_broker(URL, **options)
        super().__init__(
            folder / "worker.log",
            code=CODE.format(options),
            # Not by a setting: it is no broker for a deployment.
            options=["-b", URL],
            METRICS_PORT=str(self.port),
            PROMETHEUS_MULTIPROC_DIR="",
            TMPDIR=str(self.shared),
        )

    def shown(self, name: str) -> list[str]:
        """The samples that begin so."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=10) as answer:
                lines = answer.read().decode().splitlines()
        except OSError:
            return []
        return [line for line in lines if line.startswith(name)]


@pytest.fixture
def worker(tmp_path: Path, use_broker: Callable[..., None]) -> Iterator[Watched]:
    worker = Watched(tmp_path, use_broker)
    worker.start()
    yield worker
    worker.kill()


@pytest.mark.django_db(transaction=True)
class TestAWatchedWorker:
    def test_shows_what_its_children_count(self, worker: Watched) -> None:
        user = UserFactory()
        identity.change_profile(user_id=user.pk, changes={"display_name": "seen"}, now=now())
        relay_all()

        told = 'busuu_deliveries_total{result="handled",'
        seen = eventually(lambda: len(worker.shown(told)) == len(subscribers_of(ProfileChanged)))
        envelopes = worker.shown("busuu_envelope_seconds_count")
        tasks = worker.shown('busuu_task_seconds_count{result="success",task="messaging.deliver"}')

        assert (seen, bool(envelopes), bool(tasks)) == (True, True, True), worker.log.read_text()

    def test_leaves_nothing_behind(self, tmp_path: Path) -> None:
        told = python("-c", SHARED, "worker", METRICS_PORT="9", TMPDIR=str(tmp_path))

        folder = Path(told.stdout.strip())
        assert folder.parent == tmp_path, told.stderr
        assert list(tmp_path.iterdir()) == []
