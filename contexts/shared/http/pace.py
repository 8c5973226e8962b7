"""How fast one access token may ask. Each process counts for itself, at no cost to a store.

A person who reads fast stays far below; a program that copies the platform does not.
"""

import threading
import time
from collections import OrderedDict
from uuid import UUID

from django.conf import settings
from rest_framework.exceptions import Throttled

_MOST_SESSIONS = 50_000


class Pace:
    """A bucket of requests for each session, filled again at a steady rate."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._buckets: OrderedDict[UUID, tuple[float, float]] = OrderedDict()

    def take(self, session_id: UUID, *, at: float | None = None) -> None:
        """Count a request. Raises Throttled, with the seconds to wait, if the bucket is empty."""
        at = time.monotonic() if at is None else at
        burst, rate = float(settings.CALLER_BURST), settings.CALLER_REQUESTS_PER_MINUTE / 60
        with self._lock:
            left, since = self._buckets.pop(session_id, (burst, at))
            left = min(burst, left + (at - since) * rate)
            self._buckets[session_id] = (max(left - 1, 0.0) if left >= 1 else left, at)
            if len(self._buckets) > _MOST_SESSIONS:
                self._buckets.popitem(last=False)
        if left < 1:
            raise Throttled(wait=(1 - left) / rate)


pace = Pace()
