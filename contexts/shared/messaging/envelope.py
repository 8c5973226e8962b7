"""Envelopes: the messages of Celery, with up to a hundred deliveries to one context."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from contexts.shared.messaging.models import StoredEvent

SIZE = 100

CloudEvent = dict[str, Any]
_PLAIN = ("id", "name", "subject", "occurred_at", "trace")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery in an envelope: its row, its subscriber and the event as a CloudEvent."""

    delivery_id: int
    subscriber: str
    event: CloudEvent

    @property
    def event_id(self) -> UUID:
        return UUID(self.event["id"])


class Claim(NamedTuple):
    """The columns of a delivery that the relay has claimed."""

    pk: int
    subscriber: str
    event_id: UUID
    due_at: datetime
    sends: int

    @property
    def context(self) -> str:
        return self.subscriber.split(".", 1)[0]


def read_events(ids: Iterable[UUID], *, using: str) -> dict[UUID, CloudEvent]:
    """Return the events by id. Ids that the database does not have are omitted."""
    # Model instances and Django's JSON decoding would cost more than reading the rows.
    rows = StoredEvent.objects.using(using).filter(pk__in=ids)
    values = rows.values_list(*_PLAIN, Cast("data", TextField()))
    return {row[0]: cloud_event(*row[:-1], data=orjson.loads(row[-1])) for row in values}


def cloud_event(
    id_: UUID, name: str, subject: str, occurred_at: datetime, trace: str, *, data: dict[str, Any]
) -> CloudEvent:
    """Return the event in the JSON format of CloudEvents 1.0."""
    return {
        "specversion": "1.0",
        "id": str(id_),
        "source": "/" + name.split(".", 1)[0],
        "type": name,
        "subject": subject,
        "time": occurred_at.isoformat(),
        "data": data,
        "trace": trace,
    }


def seal(
    deliveries: Iterable[Claim], events: dict[UUID, CloudEvent], *, origin: str
) -> Iterator[dict[str, Any]]:
    """Yield envelopes for deliveries of one context. `origin` is the database of their rows."""
    waiting = iter(deliveries)
    while chunk := list(islice(waiting, SIZE)):
        carried = {delivery.event_id: events[delivery.event_id] for delivery in chunk}
        yield {
            "origin": origin,
            "events": list(carried.values()),
            "deliveries": [[d.pk, d.subscriber, carried[d.event_id]["id"]] for d in chunk],
        }


def unseal(envelope: dict[str, Any]) -> list[Parcel]:
    events = {event["id"]: event for event in envelope["events"]}
    return [
        Parcel(delivery_id, subscriber, events[event_id])
        for delivery_id, subscriber, event_id in envelope["deliveries"]
    ]
