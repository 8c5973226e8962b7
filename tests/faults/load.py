"""Clients that publish batches by HTTP while the server fails and returns."""

import http.client
import json
import threading
import time
from collections import Counter
from uuid import uuid4

THREADS = 2
BATCH = 20
_SECONDS = 30


class Load:
    """Runs until so many events are acknowledged, and as long as the block; none is sent twice."""

    def __init__(self, port: int, *, events: int, threads: int = THREADS) -> None:
        self.acknowledged: set[str] = set()
        self.answers: Counter[str] = Counter()
        self._port, self._events = port, events
        self._held = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._held.set()
        for thread in self._threads:
            thread.join(timeout=600)
            assert not thread.is_alive(), f"only {len(self.acknowledged)} were acknowledged"

    def _run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_SECONDS)
        while not self._held.is_set() or len(self.acknowledged) < self._events:
            sparks = [str(uuid4()) for _ in range(BATCH)]
            answer = self._send(connection, json.dumps(sparks))
            self.answers[answer] += 1
            if answer == "204":
                self.acknowledged.update(sparks)
            else:
                time.sleep(0.1)
            # Events must still be on their way at the last kill.
            if len(self.acknowledged) > self._events:
                time.sleep(0.2)

    def _send(self, connection: http.client.HTTPConnection, body: str) -> str:
        """Return the status, or the failure of the connection."""
        try:
            connection.request("POST", "/fire", body)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return type(error).__name__
        return str(answer.status)
