"""A test's own servers, made by docker/engines. A test may kill and empty them."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engines.engine import Engine
from engines.kafka import Kafka
from engines.processes import signal_group
from engines.registry import make_engines
from engines.state import HOME, State


def engine(kind: str, state: State) -> Engine:
    return next(one for one in make_engines(state) if type(one).__name__ == kind)


def is_installed(kind: str) -> bool:
    """Return whether this machine can run the server. A Kafka must have been fetched."""
    found = engine(kind, State.load())
    return bool(found.program()) and (not isinstance(found, Kafka) or found.jars.is_dir())


class Private:
    """A server that keeps its port and data when it is killed."""

    def __init__(self, kind: str, folder: Path) -> None:
        if kind == "Kafka":
            (folder / "kafka").symlink_to(HOME / "kafka")
        self._engine = engine(kind, State(folder, folder / "data", {}))

    @property
    def url(self) -> str:
        return self._engine.url

    def start(self) -> None:
        """Start it at its earlier address, if it had one. Returns when it answers."""
        before = self.url
        self._engine.start()
        assert before in {"", self.url}, "another process took its port"

    def freeze(self) -> None:
        """Stop all of its processes (SIGSTOP). Its kernel goes on acknowledging packets."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for pid in _with_descendants(self._engine.facts["pid"]):
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self) -> None:
        """Kill it at once (SIGKILL), in the middle of its work."""
        signal_group(self._engine.facts["pid"], signal.SIGKILL)
        self._engine.stop()


def _with_descendants(pid: int) -> Iterator[int]:
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in thread.read_text().split():
            yield from _with_descendants(int(child))


@contextmanager
def private(kind: str) -> Iterator[Private]:
    """Yield a running server. It and its data end with the block."""
    # Servers drop root, so other users must be able to enter the folder.
    folder = Path(tempfile.mkdtemp(prefix="busuu-faults-"))
    folder.chmod(0o755)
    server = Private(kind, folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
