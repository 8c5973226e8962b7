"""The client's mock broker, in this process or in one that can be frozen. Without Django."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from confluent_kafka import Producer

MOCK = {"test.mock.num.brokers": 1, "bootstrap.servers": "mock", "log_level": 1}


@contextmanager
def mock_broker() -> Iterator[str]:
    """Yield the KAFKA_URL of a broker that ends with the block."""
    owner = Producer(MOCK)
    yield _address(owner)
    del owner


def _address(owner: Any) -> str:
    [broker] = owner.list_topics(timeout=10).brokers.values()
    return f"kafka://{broker.host}:{broker.port}"


class MockProcess:
    """A mock broker in a process of its own. If frozen, it accepts connections but is silent."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.stream.mocks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()
        assert self.url

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


def _serve() -> None:
    with mock_broker() as url:
        sys.stdout.write(f"{url}\n")
        sys.stdout.flush()
        # The end of the test closes our standard input.
        while os.read(0, 1):
            pass


if __name__ == "__main__":
    _serve()
