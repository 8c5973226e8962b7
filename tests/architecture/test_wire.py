"""Every event survives the wire of the public stream unchanged."""

import dataclasses
import types
import typing
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from google.protobuf import descriptor_pool
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given, settings
from hypothesis import strategies as st

from busuu.workshop import protos
from contexts.shared.kernel import Event
from contexts.shared.messaging.stream import wire
from tests.architecture.streamed import OURS, TIMESTAMP, descriptor


def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, types.UnionType):
        return st.one_of(*(_strategy(part) for part in typing.get_args(hint)))
    return {
        type(None): st.none(),
        UUID: st.uuids(),
        str: st.text(),
        int: st.integers(-(2**63), 2**63 - 1),
        bool: st.booleans(),
        datetime: st.datetimes(timezones=st.just(UTC)),
    }[hint]


def _events(event: type[Event]) -> st.SearchStrategy[Event]:
    hints = typing.get_type_hints(event)
    named = {field.name: _strategy(hints[field.name]) for field in dataclasses.fields(event)}
    return st.builds(event, **named)


class TestEveryEvent:
    @settings(max_examples=400, deadline=None)
    @given(event=st.sampled_from(OURS).flatmap(_events))
    def test_comes_back_from_the_wire_as_it_went(self, event: Event) -> None:
        assert wire.from_bytes(event.name, wire.to_bytes(event)) == event

    def test_has_a_message_and_every_message_an_event(self) -> None:
        messages = {
            f"{file.package}.{message.name}"
            for file in protos.described().file
            if file.package.startswith("busuu.")
            for message in file.message_type
        }

        assert messages == {descriptor(event).full_name for event in OURS}
        assert len(messages) >= 40


class TestTheWire:
    def test_refuses_an_event_without_a_message(self) -> None:
        with pytest.raises(wire.UnknownMessage, match=r"identity\.role_lost\.v1"):
            wire.message_class("identity.role_lost.v1")
        with pytest.raises(wire.UnknownMessage):
            wire.message_class("weather.changed.v1")

    def test_takes_a_later_version_for_another_message(self) -> None:
        with pytest.raises(wire.UnknownMessage):
            wire.message_class("identity.role_changed.v2")

    def test_refuses_what_a_message_cannot_hold(self) -> None:
        [points] = [event for event in OURS if event.name == "community.points_given.v1"]
        at, who = datetime(2026, 1, 1, tzinfo=UTC), UUID(int=1)

        with pytest.raises(ValueError, match=r"(?i)range"):
            wire.to_bytes(points(occurred_at=at, member_id=who, points=2**63, reason="x"))  # type: ignore[call-arg]

    def test_refuses_bytes_of_another_kind(self) -> None:
        with pytest.raises(ValueError, match=r"not a identity\.role_changed\.v1"):
            wire.from_bytes("identity.role_changed.v1", b"\xff\xff\xff")

    def test_ignores_what_a_later_release_added(self) -> None:
        [role] = [event for event in OURS if event.name == "identity.role_changed.v1"]
        at = datetime(2026, 1, 1, tzinfo=UTC)
        event = role(occurred_at=at, user_id=UUID(int=1), role="tutor", granted=True)  # type: ignore[call-arg]
        unknown_field_99 = b"\x9a\x06\x03abc"

        assert wire.from_bytes(event.name, wire.to_bytes(event) + unknown_field_99) == event


@dataclasses.dataclass(frozen=True, kw_only=True)
class PeopleListed(Event):
    """An event with a list. No event of ours has one yet."""

    name: typing.ClassVar[str] = "identity.people_listed.v1"
    subject: typing.ClassVar[str] = "list_id"

    list_id: UUID
    people: tuple[UUID, ...]
    ranks: tuple[int, ...]
    at: tuple[datetime, ...]


def _message_of_lists() -> Any:
    file = FileDescriptorProto(name="lists.proto", package="lists", syntax="proto3")
    file.dependency.append("google/protobuf/timestamp.proto")
    message = file.message_type.add(name="PeopleListed")
    kinds = {"occurred_at": "", "list_id": "s", "people": "s", "ranks": "i", "at": ""}
    for number, (name, kind) in enumerate(kinds.items(), 1):
        field = message.field.add(name=name, number=number)
        field.type = {"s": field.TYPE_STRING, "i": field.TYPE_INT64}.get(kind, field.TYPE_MESSAGE)
        if not kind:
            field.type_name = f".{TIMESTAMP}"
        field.label = field.LABEL_REPEATED if number > 2 else field.LABEL_OPTIONAL
    pool = descriptor_pool.Default()
    pool.Add(file)
    return GetMessageClass(pool.FindMessageTypeByName("lists.PeopleListed"))


class TestATuple:
    def test_is_a_repeated_field(self, monkeypatch: pytest.MonkeyPatch) -> None:
        module = import_module("contexts.identity.proto.events_pb2")
        monkeypatch.setattr(module, "PeopleListed", _message_of_lists(), raising=False)
        at = datetime(2026, 1, 1, 12, 30, 0, 123_456, tzinfo=UTC)
        people = (UUID(int=1), UUID(int=2))
        full = PeopleListed(
            occurred_at=at, list_id=UUID(int=3), people=people, ranks=(1, -2), at=(at, at)
        )
        empty = dataclasses.replace(full, people=(), ranks=(), at=())

        back = [wire.from_bytes(one.name, wire.to_bytes(one)) for one in (full, empty)]

        assert back == [full, empty]
