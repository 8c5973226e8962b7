"""Threads that start at the same moment, each with its own connections."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connections, transaction

T = TypeVar("T")


def at_once(work: Callable[[int], T], *, times: int) -> list[T | Exception]:
    """Run `work(0)`, `work(1)` … at the same moment. Return their results or exceptions."""
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


@contextmanager
def in_another_transaction(work: Callable[[], Any], *, using: str) -> Iterator[None]:
    """Hold another transaction open that has done `work` and not committed it."""
    done, leave = threading.Event(), threading.Event()

    def other() -> None:
        try:
            with transaction.atomic(using=using):
                work()
                done.set()
                leave.wait(timeout=30)
        finally:
            done.set()
            connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    done.wait(timeout=30)
    try:
        yield
    finally:
        leave.set()
        thread.join(timeout=30)
