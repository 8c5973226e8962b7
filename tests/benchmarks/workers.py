"""A worker for each of the two Celery applications, as a process or, without a broker, a thread."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.benchmarks import consumer

_QUIET = ("--without-heartbeat", "--without-gossip", "--without-mingle", "-l", "ERROR")


@contextmanager
def running() -> Iterator[None]:
    """Run both workers. Processes end with the block, threads with this process."""
    if consumer.ours.conf.broker_url.startswith("memory"):
        _in_thread(consumer.ours, consumer.QUEUE)
        _in_thread(consumer.plain, consumer.plain.conf.task_default_queue)
        yield
        return
    started = [_process("ours", consumer.QUEUE), _process("plain", f"{consumer.QUEUE}plain")]
    try:
        yield
    finally:
        for process in started:
            process.terminate()
        for process in started:
            _ended(process)


def _process(app: str, queue: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "celery", "-A", f"tests.benchmarks.consumer:{app}", "worker"]
    name = ["-n", f"{queue}@%h", "-Q", queue]
    return subprocess.Popen(
        [*command, *name, "-P", "solo", *_QUIET],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _ended(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        # On a busy machine a worker ends slowly; all is measured by now.
        process.kill()
        process.wait()


def _in_thread(app: Any, queue: str) -> None:
    worker = app.WorkController(
        pool="threads",
        concurrency=1,
        queues=[queue],
        without_heartbeat=True,
        without_gossip=True,
        without_mingle=True,
        loglevel="ERROR",
        hostname=f"{queue}@localhost",
    )
    threading.Thread(target=worker.start, name=queue, daemon=True).start()
