"""Processes, web servers among them, that can be killed and restarted."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0
STOP_SECONDS = 30


# Not a port of outgoing connections: one could take it while the server is down.
PORTS = range(10_000, 20_000, 2)


def free_port() -> int:
    """Return a free port. The next one is free too, for the streams of `manage.py serve`."""
    return next(port for port in random.sample(PORTS, len(PORTS)) if _is_free(port, port + 1))


def _is_free(*ports: int) -> bool:
    with ExitStack() as held:
        try:
            for port in ports:
                held.enter_context(socket.socket()).bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Process:
    """A process with a group of its own, so that its children can be killed with it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.command = command
        self.environment = environment
        self.log = log
        self._changing = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns at once."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def revive(self) -> None:
        """Restart the process if it was started and has ended by itself."""
        with self._changing:
            if self._process is not None and self._process.poll() is not None:
                self.start()

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """Send SIGKILL to the process and its children."""
        with self._changing:
            if self._process is not None:
                self._signal(self._process.pid, signal.SIGKILL)
                self._process.wait()
                self._process = None

    def kill_a_child(self, chance: random.Random) -> None:
        """Send SIGKILL to a child. Does nothing if there is none yet."""
        if children := self._children():
            os.kill(chance.choice(children), signal.SIGKILL)

    def stop(self) -> None:
        if self._process is None:
            return
        self._signal(self._process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=STOP_SECONDS)
        self.kill()

    def interrupt(self) -> int:
        """Ctrl-C. Returns the exit code."""
        assert self._process is not None
        self._signal(self._process.pid, signal.SIGINT)
        code = self._process.wait(timeout=STOP_SECONDS)
        self._process = None
        return code

    def wait_until_it_answers(self, port: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.runs(), self.log_end()
            with contextlib.suppress(OSError):
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                return
            time.sleep(0.1)
        raise AssertionError(f"nobody answers on port {port}: {self.log_end()}")

    def log_end(self) -> str:
        """Return the end of its log."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def _children(self) -> list[int]:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        return [int(pid) for pid in children.read_text().split()] if children.exists() else []

    def _signal(self, group: int, what: signal.Signals) -> None:
        try:
            os.killpg(group, what)
        except ProcessLookupError:
            return
