"""While a broker or a database is away, nothing is lost and the order stays."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.db import connections

from contexts.shared.messaging.models import StreamDelivery
from contexts.shared.messaging.stream.streamer import Streamer
from tests.integration.messaging.workers import eventually
from tests.integration.stream.brokers import Message
from tests.integration.stream.happenings import (
    ANA,
    BEN,
    ORIGIN,
    firsts,
    roles_of,
    say_in_order,
    waiting,
)
from tests.integration.stream.mocks import MockProcess

pytestmark = pytest.mark.django_db(transaction=True)
IMPATIENT = {"delivery.timeout.ms": 1_000, "socket.timeout.ms": 1_000}


@pytest.fixture
def run() -> Iterator[Callable[[Streamer], None]]:
    """Return a function that runs a streamer in a thread until the test ends."""
    running: list[tuple[Streamer, threading.Thread]] = []

    def begin(streamer: Streamer) -> None:
        thread = threading.Thread(target=streamer.run)
        thread.start()
        running.append((streamer, thread))

    yield begin
    for streamer, thread in running:
        streamer.stop.set()
        thread.join()


def _pauses(logs: list[Any]) -> list[float]:
    return [one["seconds"] for one in list(logs) if one["event"] == "stream_paused"]


class TestABrokerThatFallsSilent:
    def test_is_given_everything_in_order_once_it_is_back(
        self,
        own_broker: MockProcess,
        switch_on: Callable[..., None],
        run: Callable[[Streamer], None],
        streamed: Callable[[], list[Message]],
    ) -> None:
        switch_on(own_broker.url, OPTIONS=IMPATIENT)
        say_in_order(ANA, range(5))
        run(Streamer(using=ORIGIN, stop=threading.Event()))
        before = eventually(lambda: waiting() == [])

        with structlog.testing.capture_logs() as logs:
            own_broker.freeze()
            say_in_order(ANA, range(5, 20))
            say_in_order(BEN, range(20))
            paused = eventually(lambda: len(_pauses(logs)) >= 2)
            meanwhile = len(waiting())
            own_broker.thaw()
            after = eventually(lambda: waiting() == [])

        assert (before, paused, meanwhile, after) == (True, True, 35, True)
        messages = streamed()
        in_order = [str(role) for role in range(20)]
        assert firsts(roles_of(messages, ANA)) == in_order
        assert firsts(roles_of(messages, BEN)) == in_order
        assert len({one["id"] for one in messages}) == 40


class TestABrokerThatIsNotThere:
    def test_is_asked_less_and_less_often_until_it_comes(
        self,
        broker: str,
        switch_on: Callable[..., None],
        run: Callable[[Streamer], None],
        streamed: Callable[[], list[Message]],
    ) -> None:
        switch_on("kafka://127.0.0.1:1", OPTIONS={"delivery.timeout.ms": 300})
        say_in_order(ANA, ["first", "second"])
        streamer = Streamer(using=ORIGIN, stop=threading.Event())

        with structlog.testing.capture_logs() as logs:
            run(streamer)
            tried = eventually(lambda: len(_pauses(logs)) >= 3)
            streamer.stop.set()
        left = len(waiting())
        switch_on(broker)
        run(Streamer(using=ORIGIN, stop=threading.Event()))
        done = eventually(lambda: waiting() == [])

        assert (tried, left, done) == (True, 2, True)
        assert roles_of(streamed(), ANA) == ["first", "second"]
        for tries, seconds in enumerate(_pauses(logs)):
            assert 0.25 * 2**tries <= seconds <= 0.5 * 2**tries


class TestADatabaseThatIsAway:
    def test_is_streamed_again_once_it_is_back(
        self,
        streaming: str,
        run: Callable[[Streamer], None],
        streamed: Callable[[], list[Message]],
    ) -> None:
        say_in_order(ANA, ["first", "second"])
        table = StreamDelivery._meta.db_table
        connections[ORIGIN].cursor().execute(f"ALTER TABLE {table} RENAME TO {table}_away")

        with structlog.testing.capture_logs() as logs:
            run(Streamer(using=ORIGIN, stop=threading.Event()))
            failed = eventually(lambda: "stream_failed" in {one["event"] for one in list(logs)})
            connections[ORIGIN].cursor().execute(f"ALTER TABLE {table}_away RENAME TO {table}")
            done = eventually(lambda: waiting() == [])

        assert (failed, done) == (True, True)
        assert roles_of(streamed(), ANA) == ["first", "second"]
