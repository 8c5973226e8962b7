"""The events that go to the public stream, and their messages."""

from google.protobuf.descriptor import Descriptor

from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events
from contexts.shared.messaging.stream import wire

OURS = sorted(
    (event for event in all_events().values() if event.__module__.startswith("contexts.")),
    key=lambda event: event.name,
)
TIMESTAMP = "google.protobuf.Timestamp"


def descriptor(event: type[Event]) -> Descriptor:
    found: Descriptor = wire.message_class(event.name).DESCRIPTOR  # type: ignore[attr-defined]
    return found
