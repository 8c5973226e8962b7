"""One engine: its data, its ports, its process."""

import os
import secrets
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from typing import Any

from engines.messages import Refused
from engines.ports import free_ports, is_free
from engines.processes import group_lives, signal_group, started_at
from engines.state import State
from engines.workspace import Workspace

# The user and the database of our own on every engine.
NAME = "busuu"
READY_SECONDS = 90
STOP_SECONDS = 30
ATTEMPTS = 3


class Engine(Workspace, ABC):
    name: str
    variable: str
    package: str
    ports: tuple[str, ...] = ("port",)
    stop_signal = signal.SIGTERM
    optional = False
    # More arguments of the server, for tests.
    extra: tuple[str, ...] = ()

    def __init__(self, state: State) -> None:
        super().__init__(state.data / self.name)
        self.state = state
        self.own_url = os.environ.get(f"ENGINES_{self.variable}", "")

    @property
    def facts(self) -> dict[str, Any]:
        return self.state.engines.get(self.name, {})

    @property
    def port(self) -> int:
        return int(self.facts["port"])

    @property
    def secret(self) -> str:
        return str(self.facts["secret"])

    @property
    def url(self) -> str:
        return self.own_url or (self.private_url() if "port" in self.facts else "")

    @abstractmethod
    def program(self) -> str | None:
        """Return the path of the server's program, or None if it is not installed."""

    def build(self) -> str:
        """Return what made the data. Another build starts with an empty folder."""
        return str(self.program())

    def initialize(self) -> None:
        """Fill the data folder. Runs once, before the first start."""
        return

    def configure(self) -> None:
        """Write the files that a start reads. Runs before every start; the ports are known."""
        return

    @abstractmethod
    def command(self) -> list[str]:
        """Return the command that runs the server in the foreground."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the server at the port works and belongs to this checkout."""

    @abstractmethod
    def private_url(self) -> str: ...

    def after_stop(self) -> None:
        return

    def is_up(self) -> bool:
        return "pid" in self.facts and self.folder.is_dir() and self.answers()

    def start(self) -> None:
        """Start the server and wait until it answers. Raises Refused if it does not."""
        self.prepare()
        for _ in range(ATTEMPTS):
            self.stop()
            process = self._launch()
            if self._wait_for(process):
                return
            if process.poll() is None:
                break
            time.sleep(1)  # another process may have won the port, or the last one still ends
        self.stop()
        raise Refused(f"{self.name} does not start; its last lines:\n{self.log_tail()}")

    def prepare(self) -> None:
        """Make the data anew if another version made it, or a run that did not finish."""
        made_by = self.folder / "made-by"
        if made_by.exists() and made_by.read_text() == self.build():
            return
        self.empty()
        self.state.remember(self.name, secret=secrets.token_hex(16))
        self.initialize()
        self.write("made-by", self.build())

    def stop(self) -> bool:
        """Stop the process of an earlier run, gently first. Return whether there was one."""
        group = self.facts.get("pid")
        if group is None or not self.folder.is_dir():
            return False
        if not self._owns(group):
            self.after_stop()
            return False
        signal_group(group, self.stop_signal)
        deadline = time.monotonic() + STOP_SECONDS
        while group_lives(group) and time.monotonic() < deadline:
            time.sleep(0.05)
        signal_group(group, signal.SIGKILL)
        self.after_stop()
        return True

    def _owns(self, group: int) -> bool:
        # The system may have given the number to another process since.
        return group_lives(group) and started_at(group) in {"", self.facts.get("started")}

    def _launch(self) -> subprocess.Popen[bytes]:
        self._choose_ports()
        self.configure()
        process = self.spawn([*self.command(), *self.extra])
        self.state.remember(self.name, pid=process.pid, started=started_at(process.pid))
        return process

    def _choose_ports(self) -> None:
        earlier = [self.facts.get(name) for name in self.ports]
        if not all(port and is_free(port) for port in earlier):
            chosen = zip(self.ports, free_ports(len(earlier)), strict=True)
            self.state.remember(self.name, **dict(chosen))

    def _wait_for(self, process: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.1)
        return False
