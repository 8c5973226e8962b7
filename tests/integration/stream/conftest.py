import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from contexts.shared.kernel import new_id
from contexts.shared.messaging.stream.streamer import Streamer
from tests.integration.stream.brokers import Message, read_all
from tests.integration.stream.happenings import ORIGIN
from tests.integration.stream.mocks import MockProcess, mock_broker
from tests.integration.stream.processes import LEASE_SECONDS, Streaming


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """Return the address of a mock broker that the tests of this process share."""
    with mock_broker() as url:
        yield url


@pytest.fixture
def own_broker() -> Iterator[MockProcess]:
    made = MockProcess()
    yield made
    made.thaw()
    made.kill()


@pytest.fixture
def switch_on(settings: Any) -> Callable[..., None]:
    """Return a function that starts streaming into topics of this test alone."""
    prefix = f"test-{new_id()}"

    def switch(url: str, **changes: Any) -> None:
        short = timedelta(seconds=LEASE_SECONDS)
        settings.STREAM = {
            **settings.STREAM,
            "LEASE": short,
            "BROKERS": url,
            "PREFIX": prefix,
            **changes,
        }

    return switch


@pytest.fixture
def streaming(broker: str, switch_on: Callable[..., None]) -> str:
    """Stream to the shared broker. Return its address."""
    switch_on(broker)
    return broker


@pytest.fixture
def streamer(streaming: str) -> Iterator[Streamer]:
    made = Streamer(using=ORIGIN, stop=threading.Event())
    yield made
    made.leave()


@pytest.fixture
def streamed(settings: Any) -> Callable[[], list[Message]]:
    """Return a function that reads identity's topic."""

    def read() -> list[Message]:
        stream = settings.STREAM
        return read_all(stream["BROKERS"], f"{stream['PREFIX']}.identity.v1")

    return read


@pytest.fixture
def start_streaming(tmp_path: Path) -> Iterator[Callable[[], Streaming]]:
    """Return a function that starts `manage.py stream_events` in a process of its own."""
    started: list[Streaming] = []

    def start() -> Streaming:
        started.append(Streaming(tmp_path / f"streaming-{len(started)}.log"))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.kill()
