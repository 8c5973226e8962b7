"""A process of a deployment, which can be killed and started again."""

import contextlib
import os
import random
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.faults.server import ROOT

STOP_SECONDS = 30


class Process:
    """In a process group of its own, so that all of it can be killed at once."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.command = command
        self.environment = environment
        self.log = log
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns at once."""
        with self.log.open("ab") as told:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                start_new_session=True,
            )

    def revive(self) -> None:
        """Start it where it was started and has ended by itself."""
        with self._changing:
            if self._process is not None and self._process.poll() is not None:
                self.start()

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL to all of it, whatever it does."""
        with self._changing:
            if self._process is not None:
                self._signal(self._process.pid, signal.SIGKILL)
                self._process.wait()
                self._process = None

    def kill_a_child(self, chance: random.Random) -> None:
        """SIGKILL to one that works for the others, if there is any yet."""
        if children := self._children():
            os.kill(chance.choice(children), signal.SIGKILL)

    def stop(self) -> None:
        if self._process is None:
            return
        self._signal(self._process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=STOP_SECONDS)
        self.kill()

    def _children(self) -> list[int]:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []

    def _signal(self, group: int, what: signal.Signals) -> None:
        try:
            os.killpg(group, what)
        except ProcessLookupError:
            return
