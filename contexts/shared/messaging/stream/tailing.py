"""A reader of the public stream, for development and operations."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from contexts.shared.messaging.stream import records

log = structlog.get_logger(__name__)

_ASK_SECONDS = 5.0
_POLL_SECONDS = 0.2
_RETRY_SECONDS = 0.5


@dataclass(frozen=True)
class Tail:
    """Reads all partitions of some topics. Any thread may set `stop`."""

    consumer: Any
    topics: Sequence[str]
    stop: threading.Event

    def start(self, *, from_beginning: bool) -> int:
        """Wait for the topics and assign their partitions, from now on or from the oldest record.

        Returns the number of partitions, 0 if stopped before. Raises KafkaException if the broker
        is away.
        """
        try:
            places = [one for topic in self.topics for one in self._places(topic, from_beginning)]
        finally:
            # The client reports connection errors only when polled.
            self.consumer.poll(0)
        if places:
            self.consumer.assign(places)
        return len(places)

    def _places(self, topic: str, from_beginning: bool) -> Iterator[Any]:
        from confluent_kafka import TopicPartition

        for partition in self._partitions(topic):
            place = TopicPartition(topic, partition)
            # Read now, so that no record written from here on is skipped.
            low, high = self.consumer.get_watermark_offsets(place, timeout=_ASK_SECONDS)
            place.offset = low if from_beginning else high
            yield place

    def _partitions(self, topic: str) -> list[int]:
        warned = False
        while not self.stop.is_set():
            known = self.consumer.list_topics(topic, timeout=_ASK_SECONDS).topics[topic]
            if known.partitions:
                return sorted(known.partitions)
            if not warned:
                log.warning("stream_topic_missing", topic=topic)
                warned = True
            self.stop.wait(_RETRY_SECONDS)
        return []

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield records as JSON values until stopped. Raises KafkaException."""
        from confluent_kafka import KafkaException

        while not self.stop.is_set():
            message = self.consumer.poll(_POLL_SECONDS)
            if message is None:
                continue
            if message.error():
                raise KafkaException(message.error())
            yield {
                **records.read(message.headers(), message.value()),
                "topic": message.topic(),
                "partition": message.partition(),
                "offset": message.offset(),
            }
