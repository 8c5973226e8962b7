"""Reads the public stream back, as any other service would."""

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
    """All partitions of some topics, by a consumer of its own. `stop` may be set by any thread."""

    consumer: Any
    topics: Sequence[str]
    stop: threading.Event

    def start(self, *, from_beginning: bool) -> int:
        """Wait for the topics and take their partitions, from now on or from the oldest record.

        Returns how many partitions there are, 0 when stopped before. Raises KafkaException when
        the broker is away.
        """
        try:
            found = [one for topic in self.topics for one in self._places(topic, from_beginning)]
        finally:
            # What the client has to say of its connections is said here.
            self.consumer.poll(0)
        if found:
            self.consumer.assign(found)
        return len(found)

    def _places(self, topic: str, from_beginning: bool) -> Iterator[Any]:
        from confluent_kafka import TopicPartition

        for partition in self._partitions(topic):
            place = TopicPartition(topic, partition)
            # Asked now, so that nothing which is written from here on is passed over.
            low, high = self.consumer.get_watermark_offsets(place, timeout=_ASK_SECONDS)
            place.offset = low if from_beginning else high
            yield place

    def _partitions(self, topic: str) -> list[int]:
        told = False
        while not self.stop.is_set():
            known = self.consumer.list_topics(topic, timeout=_ASK_SECONDS).topics[topic]
            if known.partitions:
                return sorted(known.partitions)
            if not told:
                log.warning("stream_topic_missing", topic=topic)
                told = True
            self.stop.wait(_RETRY_SECONDS)
        return []

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Records as JSON values as they come, until stopped. Raises KafkaException."""
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
