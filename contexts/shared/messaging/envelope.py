"""What travels through Celery: up to a hundred deliveries to the subscribers of one context."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from contexts.shared.messaging.models import Delivery, StoredEvent

SIZE = 100


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery as it travels: the row to close, for whom, and the event as a CloudEvent."""

    delivery_id: int
    subscriber: str
    event: dict[str, Any]

    @property
    def event_id(self) -> UUID:
        return UUID(self.event["id"])


class Claim(NamedTuple):
    """What the relay has taken of a delivery's row; it is sent again after `patience`."""

    pk: int
    subscriber: str
    event_id: UUID
    patience: timedelta

    @property
    def context(self) -> str:
        return self.subscriber.split(".", 1)[0]


def cloud_event(event: StoredEvent) -> dict[str, Any]:
    """The event in the JSON format of CloudEvents 1.0."""
    return {
        "specversion": "1.0",
        "id": str(event.id),
        "source": "/" + event.name.split(".", 1)[0],
        "type": event.name,
        "subject": event.subject,
        "time": event.occurred_at.isoformat(),
        "data": event.data,
        "trace": event.trace,
    }


def seal(
    deliveries: Iterable["Claim | Delivery"], events: dict[UUID, StoredEvent], *, origin: str
) -> Iterator[dict[str, Any]]:
    """Envelopes for deliveries of one context; `origin` is the database whose rows they close."""
    waiting = iter(deliveries)
    while chunk := list(islice(waiting, SIZE)):
        carried = {delivery.event_id: events[delivery.event_id] for delivery in chunk}
        yield {
            "origin": origin,
            "events": [cloud_event(event) for event in carried.values()],
            "deliveries": [[d.pk, d.subscriber, str(d.event_id)] for d in chunk],
        }


def unseal(envelope: dict[str, Any]) -> list[Parcel]:
    events = {event["id"]: event for event in envelope["events"]}
    return [
        Parcel(delivery_id, subscriber, events[event_id])
        for delivery_id, subscriber, event_id in envelope["deliveries"]
    ]
