"""Removal of expired messages from queues of Redis, which does not remove them itself."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

import orjson
from celery import current_app

from contexts.shared.kernel import now

_LOOK_AT = 10


def drop_expired(queue: str) -> int:
    """Drop expired messages at the head of a queue. Return their number.

    RabbitMQ does it itself. With Redis only a worker checks the expiry. While no worker runs,
    each delivery that is sent again would make the list longer.
    """
    if not str(current_app.conf.broker_url).startswith(("redis:", "rediss:")):
        return 0
    with current_app.producer_or_acquire(None) as producer:
        redis = producer.channel.client
        dropped = 0
        while expired := list(_expired_at_head(redis, queue)):
            dropped += _remove(redis, queue, expired)
            if len(expired) < _LOOK_AT:
                break
    return dropped


def _expired_at_head(redis: Any, queue: str) -> Iterable[bytes]:
    """Return the expired messages at the right end, where Kombu reads."""
    return takewhile(_has_expired, reversed(redis.lrange(queue, -_LOOK_AT, -1)))


def _has_expired(message: bytes) -> bool:
    expires = orjson.loads(message)["headers"].get("expires")
    return expires is not None and datetime.fromisoformat(expires) < now()


def _remove(redis: Any, queue: str, messages: Iterable[bytes]) -> int:
    # By value, not by position: a worker may take some meanwhile.
    pipe = redis.pipeline(transaction=False)
    for message in messages:
        pipe.lrem(queue, -1, message)
    return sum(pipe.execute())
