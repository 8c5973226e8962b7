"""Threads that begin at the same moment, each with connections of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(work: Callable[[int], T], *, times: int) -> list[T | Exception]:
    """What `work(0)`, `work(1)` … returned or raised, all of them let go together."""
    gate = threading.Barrier(times)

    def run(number: int) -> T | Exception:
        gate.wait(timeout=60)
        try:
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=times) as threads:
        return list(threads.map(run, range(times)))
