"""Argon2id in a lane of its own, so that many sign-ins leave the web threads to others.

Few threads hash, at a lower priority than the rest of the process. Few callers wait for them;
each further one is refused at once and may try again.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext_lazy

from contexts.shared.database.transactions.atomic import refuse_in_transaction
from contexts.shared.http.errors import Unavailable

T = TypeVar("T")

_LOWER_PRIORITY = 10


class Busy(Unavailable):
    """All places in the lane are taken."""

    default_code = "busy"
    default_detail = gettext_lazy("Many people are signing in. Try again in a moment.")
    wait = 1


class Lane:
    """Threads that hash, and a limited number of places for callers who wait for them."""

    def __init__(self, *, threads: int, waiting: int) -> None:
        self._places = threading.BoundedSemaphore(threads + waiting)
        self._threads = ThreadPoolExecutor(threads, "hashes", initializer=_step_back)
        self._holding = threading.local()

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place. Does nothing if this thread holds one. Raises Busy."""
        if getattr(self._holding, "place", False):
            yield
            return
        if not self._places.acquire(blocking=False):
            raise Busy
        self._holding.place = True
        try:
            yield
        finally:
            self._holding.place = False
            self._places.release()

    def run(self, work: Callable[[], T]) -> T:
        """Return the result of the work, done in the lane. Raises Busy."""
        with self.place():
            return self._threads.submit(work).result()


def _step_back() -> None:
    # On Linux a priority belongs to a thread. Elsewhere the limit on threads must do.
    if sys.platform == "linux":
        with suppress(OSError):
            thread = threading.get_native_id()
            lower = os.getpriority(os.PRIO_PROCESS, thread) + _LOWER_PRIORITY
            os.setpriority(os.PRIO_PROCESS, thread, lower)


def _new_lane() -> Lane:
    return Lane(
        threads=settings.CONCURRENT_PASSWORD_HASHES, waiting=settings.WAITING_PASSWORD_HASHES
    )


class _Current:
    """The lane of this process. A forked process has none of its parent's threads."""

    def __init__(self) -> None:
        self.lane = _new_lane()
        os.register_at_fork(after_in_child=self._renew)

    def _renew(self) -> None:
        self.lane = _new_lane()


_current = _Current()


def place() -> Any:
    """Return a context that holds a place in the lane. It raises Busy."""
    return _current.lane.place()


class BoundedArgon2PasswordHasher(Argon2PasswordHasher):
    """Two passes, one lane (OWASP Password Storage Cheat Sheet); memory by setting with a floor."""

    time_cost = 2
    memory_cost = settings.ARGON2_MEMORY_KIB
    parallelism = 1

    def encode(self, password: str, salt: Any) -> str:
        refuse_in_transaction("password hash")
        encode = super().encode
        return _current.lane.run(lambda: encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        refuse_in_transaction("password hash")
        verify = super().verify
        return _current.lane.run(lambda: verify(password, encoded))
