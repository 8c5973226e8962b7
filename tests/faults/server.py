"""The development server as a process group that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90.0


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`manage.py serve` over a folder of its own."""

    def __init__(self, folder: Path, *, settings: str = "busuu.settings.local") -> None:
        self.folder = folder
        self.settings = settings
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Path:
        return self.folder / "busuu.sqlite3"

    def start(self) -> None:
        """Returns when it answers."""
        self.launch()
        self._wait_until_it_answers()

    def launch(self) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": self.settings,
            "VAR_DIR": str(self.folder),
        }
        for name in ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "KAFKA_URL"):
            environment.pop(name, None)
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_for_line(self, text: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if text in (self.folder / "server.log").read_text():
                return
            time.sleep(0.02)
        raise AssertionError(f"the server did not say {text!r}")

    def is_listening(self) -> bool:
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """SIGKILL to every process of the group, at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def interrupt(self) -> int:
        """Ctrl-C. Returns the exit code."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGINT)
        code = self.process.wait(timeout=30)
        self.process = None
        return code

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError((self.folder / "server.log").read_text()[-3000:])
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server did not start")
