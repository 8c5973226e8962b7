"""Clients of Kafka. Needs the extra `kafka`; imported when the first one is made."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

import structlog

from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.stream.configured import client_options

log = structlog.get_logger(__name__)

# What settings cannot change: no message is lost or doubled in a session, and a subject is in the
# partition where other clients of Kafka look for it.
_PROMISES = {"enable.idempotence": True, "acks": "all", "partitioner": "murmur2"}
_PREFERENCES = {
    "client.id": "busuu-stream",
    "compression.type": "zstd",
    "linger.ms": 2,
    # Longer than a broker takes to be elected anew.
    "delivery.timeout.ms": 15_000,
    # Less than that, or a missing topic would look like a missing broker.
    "topic.metadata.propagation.max.ms": 5_000,
}


# The client would say each of ten attempts a second; what it reports is said by us, and less often.
_QUIET = {"log_level": 2}
_SAID_AGAIN_AFTER = timedelta(minutes=1)


@dataclass
class Complaints:
    """Logs what a client reports of its connections: each kind at once, and then once a minute."""

    _next: dict[int, datetime] = field(default_factory=dict)

    def __call__(self, error: Any) -> None:
        at = now()
        if at >= self._next.get(error.code(), at):
            self._next[error.code()] = at + _SAID_AGAIN_AFTER
            log.warning("kafka_client", error=error.str())


class ExtraMissing(RuntimeError):
    """The extra `kafka` is not installed."""


class OptionRefused(ValueError):
    """The client does not know an option, or not this value of it."""


def need_extra() -> None:
    """Raises ExtraMissing with what to install."""
    if not all(find_spec(name) for name in ("confluent_kafka", "google.protobuf")):
        raise ExtraMissing(
            "the public stream needs the extra `kafka`: pip install confluent-kafka protobuf"
        )


def producer() -> Any:
    """A producer that sends each message once a session, and in order.

    Raises ExtraMissing, NotConfigured and OptionRefused.
    """
    need_extra()
    from confluent_kafka import Producer

    return _made(Producer, {**_PREFERENCES, **client_options(), **_PROMISES})


def consumer() -> Any:
    """A consumer that belongs to no group and commits nothing. Raises as `producer`."""
    need_extra()
    from confluent_kafka import Consumer

    nobodys = {"group.id": f"busuu-tail-{new_id()}", "enable.auto.commit": False}
    return _made(Consumer, {**client_options(), **nobodys, "client.id": "busuu-tail"})


def _made(client: Any, options: dict[str, Any]) -> Any:
    from confluent_kafka import KafkaException

    try:
        return client({**_QUIET, "error_cb": Complaints(), **options})
    except KafkaException as error:
        raise OptionRefused(error.args[0].str()) from None
    except TypeError as error:
        raise OptionRefused(f"KAFKA_OPTIONS: {error}") from None
