"""A test's own servers, made by docker/engines. A test may kill and empty them."""

import os
import shutil
import signal
import subprocess
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

    @property
    def folder(self) -> Path:
        return self._engine.folder

    @property
    def secret(self) -> str:
        """The password of the server's owner."""
        return self._engine.secret

    def start_with(self, *arguments: str) -> None:
        """Start it, again if it runs, with more arguments."""
        self._engine.stop()
        self._engine.extra = arguments
        self.start()

    def stop(self) -> None:
        """Stop it in order."""
        self._engine.stop()

    def revive(self) -> None:
        """Start it if it has ended by itself."""
        if not self._engine.answers():
            self.start()

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
def small_disk(megabytes: int) -> Iterator[Path]:
    """Yield a folder on a disk of its own. Only root may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="busuu-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)
        folder.rmdir()


def fill(folder: Path, *, leave: int) -> Path:
    """Take all the room of a disk but `leave` bytes. Return the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        # The server writes meanwhile, so that a large piece may no longer fit.
        while (free := shutil.disk_usage(folder).free) > leave:
            with suppress(OSError):
                os.posix_fallocate(
                    file.fileno(), file.seek(0, os.SEEK_END), (free - leave + 1) // 2
                )
    return filler


@contextmanager
def private(kind: str, home: Path | None = None) -> Iterator[Private]:
    """Yield a running server. It and its data end with the block."""
    # Servers drop root, so other users must be able to enter the folder.
    folder = Path(tempfile.mkdtemp(prefix="busuu-faults-", dir=home))
    folder.chmod(0o755)
    server = Private(kind, folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
