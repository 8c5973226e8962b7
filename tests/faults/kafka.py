"""A real Kafka of a test's own, from what docker/engines has fetched."""

import signal
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

from tests.faults.server import ROOT


def load_engines() -> Any:
    """docker/engines as a module; it has no ending that Python would import."""
    loader = SourceFileLoader("engines", str(ROOT / "docker" / "engines"))
    spec = spec_from_loader("engines", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def is_there() -> bool:
    """Whether docker/engines has fetched Kafka and this machine can run it."""
    engines = load_engines()
    kafka = engines.Kafka(engines.State.load())
    return bool(kafka.program()) and kafka.kept.is_dir()


class Kafka:
    """Keeps its port and its data over kills."""

    def __init__(self, folder: Path) -> None:
        self._engines = load_engines()
        kept = self._engines.HOME / "kafka"
        self._engines.HOME = folder
        (folder / "kafka").symlink_to(kept)
        self._engine = self._engines.Kafka(self._engines.State(folder / "data", {}))
        # The folders above a test's are closed to whom the server would become.
        self._engine.owner = lambda: None

    @property
    def url(self) -> str:
        return str(self._engine.url)

    def start(self) -> None:
        """Returns when it answers."""
        self._engine.start()

    def kill(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        self._engine.send(self._engine.facts["pid"], signal.SIGKILL)
        self._engine.stop()
