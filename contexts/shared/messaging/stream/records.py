"""An event as a message on Kafka: a CloudEvent 1.0 in binary mode, with a Protobuf body."""

from dataclasses import dataclass
from typing import Any

from contexts.shared import tracing
from contexts.shared.messaging import codec
from contexts.shared.messaging.envelope import cloud_event
from contexts.shared.messaging.models import StoredEvent
from contexts.shared.messaging.stream import wire
from contexts.shared.messaging.stream.configured import topic_of

_CONTENT_TYPE = "application/protobuf"
_ATTRIBUTES = ("specversion", "id", "source", "type", "subject", "time")

Headers = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Record:
    """A message for the broker. All messages of a subject have the same topic and key."""

    topic: str
    key: bytes
    value: bytes
    headers: Headers


def record_of(stored: StoredEvent) -> Record:
    """Return the message of an event.

    Raises UnknownMessage if this release does not know the event. Raises ValueError or TypeError
    if its data does not fit its class or its message.
    """
    described = cloud_event(
        stored.id, stored.name, stored.subject, stored.occurred_at, stored.trace, data=stored.data
    )
    if not codec.is_known(stored.name):
        raise wire.UnknownMessage(stored.name)
    event = codec.decode(stored.name, stored.data, occurred_at=described["time"])
    return Record(
        topic=topic_of(stored.name.split(".", 1)[0]),
        key=stored.subject.encode(),
        value=wire.to_bytes(event),
        headers=_headers(described),
    )


def _headers(described: dict[str, Any]) -> Headers:
    headers = [(f"ce_{name}", described[name].encode()) for name in _ATTRIBUTES]
    headers.append(("content-type", _CONTENT_TYPE.encode()))
    if tracing.is_traceparent(described["trace"]):
        headers.append(("traceparent", described["trace"].encode()))
    return headers


def read(headers: Headers | None, body: bytes | None) -> dict[str, Any]:
    """Return the record in CloudEvents' JSON format. `data_error` replaces `data` on failure."""
    texts = {name: value.decode(errors="replace") for name, value in headers or []}
    event: dict[str, Any] = {name: texts.get(f"ce_{name}") for name in _ATTRIBUTES}
    event["datacontenttype"] = texts.get("content-type")
    if "traceparent" in texts:
        event["traceparent"] = texts["traceparent"]
    try:
        event["data"] = codec.encode(wire.from_bytes(str(event["type"]), body or b""))
    except (LookupError, ValueError) as error:
        event["data_error"] = f"{type(error).__name__}: {error}"
    return event
