"""Sending of a batch to the broker: subjects in parallel, the messages of a subject in order.

A message is sent after the previous one of its subject is confirmed. So none can overtake a
message that the broker refuses or does not answer.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from contexts.shared.messaging.stream.records import Record

_LISTEN_SECONDS = 0.1
# The wait for messages in flight after a stop.
_PATIENCE_SECONDS = 5.0

Parcel = tuple[int, Record]
Lane = deque[Parcel]


@dataclass(slots=True)
class Outcome:
    """Numbers of deliveries by result. A delivery in none of the three was not sent."""

    confirmed: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    # By topic: the broker accepts no message of it at the moment.
    unavailable: dict[str, str] = field(default_factory=dict)
    fatal: bool = False


class Flight:
    """One use of a producer. When `goes_on` returns False, no further message is sent."""

    def __init__(self, producer: Any, *, goes_on: Callable[[], bool]) -> None:
        self._producer = producer
        self._goes_on = goes_on
        self._flying = 0
        self._stopped = False
        self._outcome = Outcome()

    def send(self, parcels: Iterable[Parcel]) -> Outcome:
        """Send the messages. Return when each is confirmed, has failed or was not sent."""
        lanes: dict[tuple[str, bytes], Lane] = {}
        for number, record in parcels:
            lanes.setdefault((record.topic, record.key), deque()).append((number, record))
        for lane in lanes.values():
            self._hand_over_next(lane)
        try:
            self._listen()
        finally:
            self._stopped = True
        return self._outcome

    def _listen(self) -> None:
        last = float("inf")
        while self._flying:
            self._producer.poll(_LISTEN_SECONDS)
            if not self._stopped and not self._goes_on():
                self._stopped, last = True, time.monotonic() + _PATIENCE_SECONDS
            if time.monotonic() > last:
                self._producer.purge()

    def _hand_over_next(self, lane: Lane) -> None:
        from confluent_kafka import KafkaException

        if not lane or self._stopped:
            return
        number, record = lane.popleft()
        try:
            self._producer.produce(
                record.topic,
                key=record.key,
                value=record.value,
                headers=record.headers,
                on_delivery=partial(self._on_delivery, number, record.topic, lane),
            )
        except KafkaException as error:
            self._failed(number, record.topic, error.args[0])
        else:
            self._flying += 1

    def _on_delivery(self, number: int, topic: str, lane: Lane, error: Any, _: Any) -> None:
        self._flying -= 1
        if error is not None:
            self._failed(number, topic, error)
        else:
            self._outcome.confirmed.append(number)
            self._hand_over_next(lane)

    def _failed(self, number: int, topic: str, error: Any) -> None:
        if _is_the_messages_fault(error):
            self._outcome.refused[number] = error.str()
        else:
            self._outcome.unavailable[topic] = error.str()
            self._outcome.fatal = self._outcome.fatal or error.fatal()


def _is_the_messages_fault(error: Any) -> bool:
    """Whether the broker refuses this message and would accept others."""
    from confluent_kafka import KafkaError

    return error.code() in {
        KafkaError.MSG_SIZE_TOO_LARGE,
        KafkaError.INVALID_MSG,
        KafkaError.INVALID_MSG_SIZE,
        KafkaError.INVALID_RECORD,
        KafkaError.INVALID_TIMESTAMP,
    }
