"""The public stream while Kafka and its streamer are killed: no event is lost or overtaken."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from contexts.shared.kernel import new_id
from contexts.shared.messaging.models import StoredEvent
from tests.faults.engines import Private, is_installed, private
from tests.integration.messaging.workers import eventually
from tests.integration.stream.brokers import Message, read_all
from tests.integration.stream.happenings import ORIGIN, firsts, happened, roles_of, say, waiting
from tests.integration.stream.processes import Streaming

pytestmark = [
    pytest.mark.skipif(
        not is_installed("Kafka"),
        reason="needs Kafka, which make test-faults fetches if mvn and Java 17 are here",
    ),
    pytest.mark.django_db(transaction=True),
]
PEOPLE = [UUID(int=number) for number in range(100, 150)]
ROUNDS = 200
KILLS = 4
QUIET_SECONDS = 120.0


@pytest.fixture
def kafka() -> Iterator[Private]:
    with private("Kafka") as made:
        yield made


@pytest.fixture
def streamer(kafka: Private, tmp_path: Path, settings: Any) -> Iterator[Streaming]:
    impatient = {"delivery.timeout.ms": 5_000}
    settings.STREAM = {
        **settings.STREAM,
        "BROKERS": kafka.url,
        "PREFIX": f"test-{new_id()}",
        "OPTIONS": impatient,
    }
    made = Streaming(tmp_path / "streaming.log")
    made.start()
    yield made
    made.kill()


def _publish_slowly() -> None:
    for role in range(ROUNDS):
        say(*[happened(person, role=str(role)) for person in PEOPLE])
        time.sleep(0.1)
    connections.close_all()


class TestKillingKafkaAndTheStreamer:
    def test_loses_no_event_and_breaks_no_order(
        self, kafka: Private, streamer: Streaming, settings: Any
    ) -> None:
        chance = random.Random(seed := random.randrange(2**32))
        publishing = threading.Thread(target=_publish_slowly)
        publishing.start()

        for number in range(KILLS):
            time.sleep(chance.uniform(1.0, 4.0))
            kafka.kill()
            if number % 2:
                streamer.kill()
            time.sleep(chance.uniform(0.0, 2.0))
            kafka.start()
            if number % 2:
                streamer.start()
        publishing.join()
        done = eventually(lambda: waiting() == [], seconds=QUIET_SECONDS)

        assert done, (seed, streamer.log.read_text()[-4000:])
        messages = read_all(kafka.url, f"{settings.STREAM['PREFIX']}.identity.v1")
        _assert_nothing_lost(messages)
        repeated = len(messages) - ROUNDS * len(PEOPLE)
        print(f"seed {seed}: {ROUNDS * len(PEOPLE)} events, {KILLS} kills, {repeated} repeated")


def _assert_nothing_lost(messages: list[Message]) -> None:
    counted = Counter(one["id"] for one in messages)
    stored = {str(pk) for pk in StoredEvent.objects.using(ORIGIN).values_list("pk", flat=True)}
    assert set(counted) == stored
    assert len(stored) == ROUNDS * len(PEOPLE)
    for person in PEOPLE:
        assert firsts(roles_of(messages, person)) == [str(role) for role in range(ROUNDS)]
