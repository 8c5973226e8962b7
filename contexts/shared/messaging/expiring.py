"""Expiry of messages by the broker's clock, since the clocks of two hosts may differ.

Celery writes an instant of the sender's clock into `expires`, and a worker compares it with its
own. A worker whose clock is ahead would drop every message.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

import orjson
from celery import current_app
from celery.signals import before_task_publish

STALE_AT = "stale_at"
_LOOK_AT = 10
_CLOCK_READ_EVERY = 60.0


class _BrokersClock:
    """The clock of a Redis, read once a minute and carried on by this host's steady clock."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._read_at: float | None = None

    def now(self) -> float:
        """Return the seconds since the epoch by the clock of Redis."""
        if self._read_at is None or time.monotonic() - self._read_at > _CLOCK_READ_EVERY:
            with current_app.producer_or_acquire(None) as producer:
                seconds, micros = producer.channel.client.time()
            self._read_at = time.monotonic()
            self._ahead = seconds + micros / 1e6 - self._read_at
        return time.monotonic() + self._ahead


_clock = _BrokersClock()


@before_task_publish.connect
def expire_by_the_brokers_clock(
    headers: dict[str, Any], properties: dict[str, Any], **_: Any
) -> None:
    """Turn Celery's instant into a time that the broker measures itself.

    RabbitMQ counts `expiration` from the arrival of a message. On Redis the relay and beat drop
    what is stale. A broker in this process has this process's clock, so it keeps Celery's instant.
    """
    expires, broker = headers.get("expires"), _broker()
    if not expires or broker == "memory":
        return
    left = (datetime.fromisoformat(expires) - datetime.now(UTC)).total_seconds()
    headers["expires"] = None
    properties["expiration"] = max(left, 0.0)
    if broker == "redis":
        headers[STALE_AT] = _clock.now() + left


def _broker() -> str:
    return str(current_app.conf.broker_url).partition(":")[0].replace("rediss", "redis")


def drop_expired(queue: str) -> int:
    """Drop expired messages at the head of a queue. Return their number.

    RabbitMQ does it itself; Redis does not. While no worker runs, each delivery that is sent again
    would make the list longer.
    """
    if _broker() != "redis":
        return 0
    now = _clock.now()
    with current_app.producer_or_acquire(None) as producer:
        redis = producer.channel.client
        dropped = 0
        while expired := list(_expired_at_head(redis, queue, now)):
            dropped += _remove(redis, queue, expired)
            if len(expired) < _LOOK_AT:
                break
    return dropped


def _expired_at_head(redis: Any, queue: str, now: float) -> Iterable[bytes]:
    """Return the expired messages at the right end, where Kombu reads."""

    def has_expired(message: bytes) -> bool:
        stale_at = orjson.loads(message)["headers"].get(STALE_AT)
        return stale_at is not None and stale_at < now

    return takewhile(has_expired, reversed(redis.lrange(queue, -_LOOK_AT, -1)))


def _remove(redis: Any, queue: str, messages: Iterable[bytes]) -> int:
    # By value, not by position: a worker may take some meanwhile.
    pipe = redis.pipeline(transaction=False)
    for message in messages:
        pipe.lrem(queue, -1, message)
    return sum(pipe.execute())
