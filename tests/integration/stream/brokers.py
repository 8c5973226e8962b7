"""Records of a broker, read as another service reads them."""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from confluent_kafka import Consumer, TopicPartition

from contexts.shared.messaging.stream import records
from contexts.shared.messaging.stream.configured import broker_options

Message = dict[str, Any]


def read_all(url: str, topic: str) -> list[Message]:
    """Return the present records of a topic, each partition in its order."""
    options = {**broker_options(url), "group.id": "test", "log_level": 1, "fetch.wait.max.ms": 50}
    with closing(Consumer(options)) as consumer:
        return list(_records(consumer, topic))


def _records(consumer: Any, topic: str) -> Iterator[Message]:
    known = consumer.list_topics(topic, timeout=10).topics[topic].partitions
    places, left = [TopicPartition(topic, partition) for partition in known], 0
    for place in places:
        place.offset, end = consumer.get_watermark_offsets(place, timeout=10)
        left += end - place.offset
    consumer.assign(places)
    deadline = time.monotonic() + 20
    while left:
        assert time.monotonic() < deadline, f"{left} records are missing"
        message = consumer.poll(0.2)
        if message is not None and not message.error():
            left -= 1
            yield _read(message)


def _read(message: Any) -> Message:
    return {
        **records.read(message.headers(), message.value()),
        "key": message.key().decode(),
        "partition": message.partition(),
        "headers": dict(message.headers()),
        "body": message.value(),
    }
