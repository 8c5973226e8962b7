"""Takes out of a queue what has expired in it, where the broker does not do so by itself."""

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import Any

import orjson
from celery import current_app

from contexts.shared.kernel import now

_LOOK_AT = 10


def drop_expired(queue: str) -> int:
    """Drop what has expired at the head of a queue. Returns how many messages went.

    RabbitMQ does it itself. A list of Redis keeps what nobody takes, and only a worker looks at
    the expiry: without one, each sending again would make the list longer.
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
    """Kombu takes from the right."""
    return takewhile(_has_expired, reversed(redis.lrange(queue, -_LOOK_AT, -1)))


def _has_expired(message: bytes) -> bool:
    expires = orjson.loads(message)["headers"].get("expires")
    return expires is not None and datetime.fromisoformat(expires) < now()


def _remove(redis: Any, queue: str, messages: Iterable[bytes]) -> int:
    # By what they hold, not by where they stand: a worker may take some meanwhile.
    pipe = redis.pipeline(transaction=False)
    for message in messages:
        pipe.lrem(queue, -1, message)
    return sum(pipe.execute())
