"""Kafka clients. They need the extra `kafka`, which is imported with the first client."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

import structlog

from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.stream.configured import client_options

log = structlog.get_logger(__name__)

# Settings cannot change these: no message is lost or doubled in a session, and a subject is in the
# partition where other Kafka clients expect it.
_PROMISES = {"enable.idempotence": True, "acks": "all", "partitioner": "murmur2"}
_PREFERENCES = {
    "client.id": "busuu-stream",
    "compression.type": "zstd",
    "linger.ms": 2,
    # Longer than the election of a new leader takes.
    "delivery.timeout.ms": 15_000,
    # Shorter than the timeout above, or a missing topic would look like a missing broker.
    "topic.metadata.propagation.max.ms": 5_000,
}


# The client would log ten attempts a second. We log its reports ourselves, less often.
_QUIET = {"log_level": 2}
_REPEATED_AFTER = timedelta(minutes=1)


@dataclass
class Complaints:
    """Logs a client's connection errors: each kind at once, then at most once a minute."""

    _next: dict[int, datetime] = field(default_factory=dict)

    def __call__(self, error: Any) -> None:
        at = now()
        if at >= self._next.get(error.code(), at):
            self._next[error.code()] = at + _REPEATED_AFTER
            log.warning("kafka_client", error=error.str())


class ExtraMissing(RuntimeError):
    """The extra `kafka` is not installed."""


class OptionRefused(ValueError):
    """The client does not accept an option or its value."""


def need_extra() -> None:
    """Raises ExtraMissing if the extra is not installed. Its message names the packages."""
    if not all(find_spec(name) for name in ("confluent_kafka", "google.protobuf")):
        raise ExtraMissing(
            "the public stream needs the extra `kafka`: pip install confluent-kafka protobuf"
        )


def producer() -> Any:
    """Return a producer that sends each message once per session, in order.

    Raises ExtraMissing, NotConfigured and OptionRefused.
    """
    need_extra()
    from confluent_kafka import Producer

    return _made(Producer, {**_PREFERENCES, **client_options(), **_PROMISES})


def consumer() -> Any:
    """Return a consumer without a group and without commits. Raises like `producer`."""
    need_extra()
    from confluent_kafka import Consumer

    own_group = {"group.id": f"busuu-tail-{new_id()}", "enable.auto.commit": False}
    return _made(Consumer, {**client_options(), **own_group, "client.id": "busuu-tail"})


def _made(client: Any, options: dict[str, Any]) -> Any:
    from confluent_kafka import KafkaException

    try:
        return client({**_QUIET, "error_cb": Complaints(), **options})
    except KafkaException as error:
        raise OptionRefused(error.args[0].str()) from None
    except TypeError as error:
        raise OptionRefused(f"KAFKA_OPTIONS: {error}") from None
