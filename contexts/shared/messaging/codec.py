"""Events to JSON and back. Decoding ignores what it does not know."""

from dataclasses import fields
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter

from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events


def encode(event: Event) -> dict[str, Any]:
    """The event's facts as JSON values, without the instant, which the envelope carries."""
    facts = {field.name: getattr(event, field.name) for field in fields(event)}
    del facts["occurred_at"]
    decoded: dict[str, Any] = orjson.loads(orjson.dumps(facts))
    return decoded


def decode(name: str, data: dict[str, Any], *, occurred_at: str) -> Event:
    """Raises LookupError for an unknown name, ValueError for facts of another shape."""
    return decode_as(_class(name), data, occurred_at=occurred_at)


def decode_as(event: type[Event], data: dict[str, Any], *, occurred_at: str) -> Event:
    """Facts of any release: one that has more is cut down, one that has fewer gets defaults.

    Raises ValueError for facts of another shape.
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
