"""Servers of a test's own, made by docker/engines, which a test may kill and empty."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

from tests.faults.processes import ROOT


def load_engines() -> Any:
    """docker/engines as a module; it has no ending that Python would import."""
    loader = SourceFileLoader("engines", str(ROOT / "docker" / "engines"))
    spec = spec_from_loader("engines", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def is_installed(kind: str) -> bool:
    """Whether this machine can run it; a Kafka must have been fetched, too."""
    engines = load_engines()
    engine = getattr(engines, kind)(engines.State.load())
    return bool(engine.program()) and (kind != "Kafka" or engine.kept.is_dir())


class Private:
    """A PostgreSQL, MariaDB, RabbitMQ, Redis or Kafka that keeps its port and data over kills."""

    def __init__(self, kind: str, folder: Path) -> None:
        engines = load_engines()
        kept = engines.HOME / "kafka"
        engines.HOME = folder
        if kind == "Kafka":
            (folder / "kafka").symlink_to(kept)
        self._engine = getattr(engines, kind)(engines.State(folder / "data", {}))

    @property
    def url(self) -> str:
        return str(self._engine.url)

    def start(self) -> None:
        """Returns when it answers, where it answered before."""
        before = self.url
        self._engine.start()
        assert before in {"", self.url}, "somebody took its port"

    def kill(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        self._engine.send(self._engine.facts["pid"], signal.SIGKILL)
        self._engine.stop()


@contextmanager
def private(kind: str) -> Iterator[Private]:
    """A running one, which goes with the block."""
    # Servers give up root, so the folder must let others through, as a test's own does not.
    folder = Path(tempfile.mkdtemp(prefix="busuu-faults-"))
    folder.chmod(0o755)
    engine = Private(kind, folder)
    try:
        engine.start()
        yield engine
    finally:
        engine.kill()
        shutil.rmtree(folder, ignore_errors=True)
