"""The facts that one run leaves to the next."""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from engines.messages import Refused

HOME = Path(__file__).resolve().parents[2] / "var" / "engines"


class State:
    """state.json: the folder of the data, and per engine its ports, secret and process."""

    def __init__(self, home: Path, data: Path, engines: dict[str, dict[str, Any]]) -> None:
        self.home = home
        self.data = data
        self.engines = engines
        self._lock = threading.Lock()

    @classmethod
    def load(cls, home: Path = HOME) -> Self:
        try:
            stored = json.loads((home / "state.json").read_text())
            return cls(home, Path(stored["data"]), stored["engines"])
        except FileNotFoundError:
            return cls(home, home / "data", {})

    def settle(self) -> None:
        """Choose a folder that the servers can reach. Does nothing after the first time."""
        if not self.engines:
            self.data = choose_folder(self.home)

    def remember(self, name: str, **facts: Any) -> None:
        with self._lock:
            self.engines.setdefault(name, {}).update(facts)
            self._save()

    def drop(self, name: str) -> None:
        with self._lock:
            self.engines.pop(name, None)
            self._save()

    def forget(self) -> None:
        """Delete the data of all engines, and this file."""
        shutil.rmtree(self.data, ignore_errors=True)
        (self.home / "state.json").unlink(missing_ok=True)

    def _save(self) -> None:
        text = json.dumps({"data": str(self.data), "engines": self.engines}, indent=1)
        new = self.home / "state.json.new"
        new.touch(mode=0o600)
        new.write_text(text)
        new.replace(self.home / "state.json")


def choose_folder(home: Path) -> Path:
    # Servers give up root, so every folder above their data must let other users through.
    if os.geteuid() != 0 or all(one.stat().st_mode & 0o001 for one in [home, *home.parents]):
        return home / "data"
    folder = Path(tempfile.mkdtemp(prefix="busuu-engines-"))
    folder.chmod(0o755)
    return folder


@contextlib.contextmanager
def locked(home: Path = HOME) -> Iterator[None]:
    """Wait until no other process is in this block. Raises Refused if `home` is read-only."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = (home / "lock").open("w")
    except OSError as error:
        raise Refused(f"cannot write in {home}: {error.strerror}") from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
