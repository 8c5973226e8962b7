"""Events to JSON and back. Decoding ignores unknown fields."""

from dataclasses import fields
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter

from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events


def encode(event: Event) -> dict[str, Any]:
    """Return the event's fields as JSON values, without `occurred_at`, which travels apart."""
    facts = {field.name: getattr(event, field.name) for field in fields(event)}
    del facts["occurred_at"]
    decoded: dict[str, Any] = orjson.loads(orjson.dumps(facts))
    return decoded


def decode(name: str, data: dict[str, Any], *, occurred_at: str) -> Event:
    """Return the event. Raises LookupError if the name is unknown, ValueError if data is wrong."""
    return decode_as(_class(name), data, occurred_at=occurred_at)


def decode_as(event: type[Event], data: dict[str, Any], *, occurred_at: str) -> Event:
    """Return an event from data of any release: ignores extra fields, fills missing ones.

    Raises ValueError if the data does not fit.
    """
    decoded: Event = _adapter(event).validate_python({**data, "occurred_at": occurred_at})  # type: ignore[arg-type]
    return decoded


def is_known(name: str) -> bool:
    """Whether this release has an event of this name."""
    try:
        _class(name)
    except LookupError:
        return False
    return True


@cache
def _class(name: str) -> type[Event]:
    return all_events()[name]


@cache
def _adapter(event: type[Event]) -> TypeAdapter[Event]:
    return TypeAdapter(event)
