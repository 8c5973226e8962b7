"""A client of the stream of notifications."""

import json
import threading
import time
import urllib.request
from typing import Any

from busuu.workshop.journey.client import BrokenPromise, Client

_LONGEST_SECONDS = 60


class Listener:
    """Keeps a person's stream open and collects its events with their arrival times."""

    def __init__(self, client: Client) -> None:
        address = client.call("POST", "/api/v1/community/stream", expect=201)
        self.events: list[tuple[float, Any]] = []
        self._news = threading.Condition()
        self._open = threading.Event()
        threading.Thread(target=self._listen, args=(address["url"],), daemon=True).start()
        if not self._open.wait(timeout=10):
            raise BrokenPromise(f"the stream did not open at {address['url']}")

    def wait_for(self, kind: str, *, since: float, seconds: float) -> float:
        """Return the seconds from `since` (monotonic) until an event of a kind arrived.

        Raises BrokenPromise if none arrives in time.
        """
        with self._news:
            self._news.wait_for(lambda: self._came(kind, since), timeout=seconds)
            came = self._came(kind, since)
        if came is None:
            raise BrokenPromise(f"no {kind} on the stream within {seconds} s: {self.events}")
        return came - since

    def _came(self, kind: str, since: float) -> float | None:
        times = (at for at, event in self.events if event["kind"] == kind and at >= since)
        return next(times, None)

    def _listen(self, url: str) -> None:
        request = urllib.request.Request(url, headers={"Accept": "text/event-stream"})  # noqa: S310 - the base is ours
        with urllib.request.urlopen(request, timeout=_LONGEST_SECONDS) as response:  # noqa: S310
            for line in response:
                self._open.set()
                if line.startswith(b"data: "):
                    with self._news:
                        self.events.append((time.monotonic(), json.loads(line[6:])))
                        self._news.notify_all()
