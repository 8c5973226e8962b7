"""A TCP proxy in front of a server, which can be frozen: it takes bytes and passes none on."""

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from typing import Self

_STEP_SECONDS = 0.05
_BYTES = 65_536


class Proxy:
    """Forwards connections of 127.0.0.1:`port` until it is frozen. Frozen, it closes none."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._passing = threading.Event()
        self._passing.set()
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._passing.set()
        self._listening.close()

    def freeze(self) -> None:
        self._passing.clear()

    def thaw(self) -> None:
        self._passing.set()

    def _accept(self) -> None:
        while not self._ended.is_set():
            with contextlib.suppress(OSError):
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            self._passing.wait()
            with socket.create_connection(self._target) as server:
                for source, target in self._readable(client, server):
                    self._passing.wait()
                    if not (sent := source.recv(_BYTES)):
                        return
                    target.sendall(sent)

    def _readable(
        self, client: socket.socket, server: socket.socket
    ) -> Iterator[tuple[socket.socket, socket.socket]]:
        while not self._ended.is_set():
            ready, _, _ = select.select([client, server], [], [], _STEP_SECONDS)
            for one in ready:
                yield one, server if one is client else client
