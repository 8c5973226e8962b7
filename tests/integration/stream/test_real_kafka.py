"""The stream with a real broker, if KAFKA_URL names one."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from contexts.identity.events import RoleChanged
from contexts.shared.messaging.models import StoredEvent
from contexts.shared.messaging.stream import wire
from tests import needs
from tests.integration.messaging.workers import eventually
from tests.integration.stream.brokers import Message
from tests.integration.stream.happenings import (
    ANA,
    ORIGIN,
    firsts,
    happened,
    roles_of,
    say,
    waiting,
)
from tests.integration.stream.processes import Streaming, run
from tests.integration.stream.test_processes import PEOPLE

KAFKA_URL = os.environ.get("KAFKA_URL", "")
pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(not KAFKA_URL, reason=needs.KAFKA),
    pytest.mark.django_db(transaction=True),
]
ROUNDS = 40


@pytest.fixture
def kafka(switch_on: Callable[..., None]) -> str:
    """Stream to the real broker. Return its address."""
    switch_on(KAFKA_URL)
    return KAFKA_URL


class TestARealBroker:
    def test_gets_cloud_events_that_can_be_read_back(
        self,
        kafka: str,
        start_streaming: Callable[[], Streaming],
        streamed: Callable[[], list[Message]],
        tmp_path: Path,
    ) -> None:
        event = happened(ANA)
        say(event)

        streamer = start_streaming()
        done = eventually(lambda: waiting() == [])
        code = streamer.stop()

        assert (done, code) == (True, 0), streamer.log.read_text()
        [message] = streamed()
        stored = StoredEvent.objects.using(ORIGIN).get()
        assert message["headers"] == {
            "ce_specversion": b"1.0",
            "ce_id": str(stored.pk).encode(),
            "ce_source": b"/identity",
            "ce_type": b"identity.role_changed.v1",
            "ce_subject": str(ANA).encode(),
            "ce_time": event.occurred_at.isoformat().encode(),
            "content-type": b"application/protobuf",
        }
        assert wire.from_bytes(RoleChanged.name, message["body"]) == event
        tailed = run(
            "tail_events", "--context", "identity", "--from-beginning", "--limit", "1",
            folder=tmp_path,
        )  # fmt: skip
        assert tailed.returncode == 0, tailed.stderr
        assert orjson.loads(tailed.stdout)["id"] == str(stored.pk)

    def test_gets_everything_in_order_from_streamers_that_are_killed(
        self,
        kafka: str,
        start_streaming: Callable[[], Streaming],
        streamed: Callable[[], list[Message]],
    ) -> None:
        for role in range(ROUNDS):
            say(*[happened(person, role=str(role)) for person in PEOPLE])
        total = ROUNDS * len(PEOPLE)

        streamer = start_streaming()
        began = eventually(lambda: len(waiting()) < total)
        streamer.kill()
        streamer.start()
        done = eventually(lambda: waiting() == [])

        assert (began, done) == (True, True), streamer.log.read_text()
        messages = streamed()
        for person in PEOPLE:
            assert firsts(roles_of(messages, person)) == [str(role) for role in range(ROUNDS)]
        assert len({one["id"] for one in messages}) == total

    def test_is_not_trusted_with_a_wrong_password(
        self, kafka: str, switch_on: Callable[..., None], tmp_path: Path, settings: Any
    ) -> None:
        before, _, host = KAFKA_URL.rpartition("@")
        if not before:
            pytest.skip(
                "needs a Kafka with a password: set KAFKA_URL to kafka://name:password@host"
            )
        switch_on(f"kafka://busuu:wrong@{host}")

        tailed = run("tail_events", "--context", "identity", "--limit", "1", folder=tmp_path)

        assert tailed.returncode == 1
        assert tailed.stdout == ""
