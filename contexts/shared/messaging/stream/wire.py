"""Events to Protobuf and back, by the messages of `contexts/<context>/proto`.

A UUID becomes its canonical text, an instant a Timestamp and an int an int64. None becomes an unset
optional field, a tuple a repeated field. tests/architecture compares every message with its event.
"""

import typing
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps

from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events
from contexts.shared.messaging.stream.kafka import need_extra


class UnknownMessage(LookupError):
    """This release has no message or no event of this name."""


def to_bytes(event: Event) -> bytes:
    """Return the event as Protobuf bytes.

    Raises UnknownMessage, and ValueError or TypeError if the message cannot hold a value.
    """
    facts = {field.name: _to_wire(getattr(event, field.name)) for field in fields(event)}
    message = message_class(event.name)(**facts)
    body: bytes = message.SerializeToString(deterministic=True)
    return body


def from_bytes(name: str, body: bytes) -> Event:
    """Return the event. Raises UnknownMessage, and ValueError if the bytes do not fit."""
    message = message_class(name)()
    try:
        message.ParseFromString(body)
    except Exception as error:
        # Protobuf's implementations raise errors without a common base class.
        raise ValueError(f"not a {name}: {error}") from error
    event = _event_class(name)
    hints = _hints(name)
    return event(**{one.name: _fact(message, one.name, hints[one.name]) for one in fields(event)})


def message_class(name: str) -> Callable[..., Any]:
    """Return an event's message: RoleChanged for `role_changed.v1`, RoleChangedV2 for v2."""
    message: Callable[..., Any] | None = _message_class(name)
    if message is None:
        raise UnknownMessage(name)
    return message


@cache
def _message_class(name: str) -> Any:
    context, _, rest = name.partition(".")
    fact, _, version = rest.partition(".v")
    title = "".join(word.capitalize() for word in fact.split("_"))
    return getattr(_module(context), title if version == "1" else f"{title}V{version}", None)


def _module(context: str) -> Any:
    need_extra()
    try:
        package = apps.get_app_config(context).name
    except LookupError:
        return None
    return import_module(f"{package}.proto.events_pb2")


def _event_class(name: str) -> type[Event]:
    try:
        return all_events()[name]
    except KeyError:
        raise UnknownMessage(name) from None


@cache
def _hints(name: str) -> dict[str, Any]:
    return typing.get_type_hints(_event_class(name))


def _to_wire(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [_to_wire(one) for one in value]
    return value


def _fact(message: Any, name: str, kind: Any) -> Any:
    parts = typing.get_args(kind)
    if type(None) in parts:
        [kind] = [part for part in parts if part is not type(None)]
        return _from_wire(kind, getattr(message, name)) if message.HasField(name) else None
    if typing.get_origin(kind) is tuple:
        return tuple(_from_wire(parts[0], one) for one in getattr(message, name))
    return _from_wire(kind, getattr(message, name))


def _from_wire(kind: Any, value: Any) -> Any:
    if issubclass(kind, datetime):
        return value.ToDatetime(tzinfo=UTC)
    return kind(value)
