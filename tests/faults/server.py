"""The development server with a folder of its own."""

import os
import socket
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.faults.processes import START_SECONDS, Process, free_port

_NOT_ITS = {"DATABASE_URL", "BROKER_URL", "CACHE_URL", "KAFKA_URL"}


class Server:
    """`manage.py serve`."""

    def __init__(self, folder: Path, *, settings: str = "busuu.settings.local") -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = Process(
            [sys.executable, "manage.py", "serve", "--port", str(self.port)],
            {
                **{name: value for name, value in os.environ.items() if name not in _NOT_ITS},
                "DJANGO_SETTINGS_MODULE": settings,
                "VAR_DIR": str(folder),
            },
            folder / "server.log",
        )
        self.launch, self.kill = self._process.start, self._process.kill
        self.interrupt = self._process.interrupt

    @property
    def database(self) -> Path:
        return self.folder / "busuu.sqlite3"

    def start(self) -> None:
        """Returns when it answers."""
        self.launch()
        self._process.wait_until_it_answers(self.port)

    def wait_for_line(self, text: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if text in self._process.log.read_text():
                return
            time.sleep(0.02)
        raise AssertionError(f"the server did not say {text!r}")

    def is_listening(self) -> bool:
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
