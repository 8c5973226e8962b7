"""The messages of the public stream say what the events say, and keep what they have promised."""

import dataclasses
import shutil
import types
import typing
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    FileDescriptorProto,
    FileDescriptorSet,
)
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given, settings
from hypothesis import strategies as st

from busuu import protos
from busuu.settings.databases import CONTEXTS
from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events
from contexts.shared.messaging.stream import wire

OURS = sorted(
    (event for event in all_events().values() if event.__module__.startswith("contexts.")),
    key=lambda event: event.name,
)
TIMESTAMP = "google.protobuf.Timestamp"
KINDS = {
    UUID: FieldDescriptor.TYPE_STRING,
    str: FieldDescriptor.TYPE_STRING,
    int: FieldDescriptor.TYPE_INT64,
    bool: FieldDescriptor.TYPE_BOOL,
    datetime: TIMESTAMP,
}


def _descriptor(event: type[Event]) -> Descriptor:
    found: Descriptor = wire.message_class(event.name).DESCRIPTOR  # type: ignore[attr-defined]
    return found


def _kind(field: FieldDescriptor) -> object:
    return field.message_type.full_name if field.message_type else field.type


def _expected(hint: Any) -> tuple[object, bool, bool]:
    """What a field of this type must be: its kind, whether it is optional, whether repeated."""
    parts = typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        [inner] = [part for part in parts if part is not type(None)]
        return _expected(inner)[0], True, False
    if typing.get_origin(hint) is tuple:
        return _expected(parts[0])[0], False, True
    return KINDS[str if issubclass(hint, StrEnum) else hint], False, False


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.name)
class TestAMessage:
    def test_has_the_fields_of_its_event(self, event: type[Event]) -> None:
        names = {field.name for field in dataclasses.fields(event)}

        assert {field.name for field in _descriptor(event).fields} == names

    def test_has_the_types_of_its_event(self, event: type[Event]) -> None:
        hints = typing.get_type_hints(event)

        for field in _descriptor(event).fields:
            optional = field.containing_oneof is not None
            found = (_kind(field), optional, field.is_repeated)
            assert found == _expected(hints[field.name]), field.name

    def test_stands_in_the_file_of_its_context(self, event: type[Event]) -> None:
        context = event.name.split(".")[0]
        described = _descriptor(event)

        assert described.file.name == f"contexts/{context}/proto/events.proto"
        assert described.file.package == f"busuu.{context}.v1"


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

        assert messages == {_descriptor(event).full_name for event in OURS}
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
    """No event of ours lists anything yet; the wire can."""

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


# The committed files


@pytest.fixture
def copy(tmp_path: Path, settings: Any) -> Path:
    """The sources and what is made of them, in a folder of their own."""
    for context in CONTEXTS:
        folder = Path("contexts") / context / "proto"
        shutil.copytree(protos.root() / folder, tmp_path / folder)
    (tmp_path / "docs").mkdir()
    shutil.copy(protos.root() / protos.RELEASED, tmp_path / "docs")
    settings.BASE_DIR = tmp_path
    return tmp_path


def _edit(copy: Path, before: str, after: str) -> None:
    source = copy / "contexts" / "billing" / "proto" / "events.proto"
    text = source.read_text()
    assert before in text
    source.write_text(text.replace(before, after, 1))


class TestTheCommittedFiles:
    def test_are_up_to_date(self) -> None:
        assert protos.stale() == []

    def test_keep_what_was_released(self) -> None:
        assert protos.broken() == []

    def test_fail_the_check_when_a_source_has_changed(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        _edit(copy, "string hold_id = 2;", "string hold_id = 2;\n  string why = 4;")

        with pytest.raises(CommandError, match="make proto"):
            call_command("protos", "--check")

        assert "contexts/billing/proto/events_pb2.py is stale" in capsys.readouterr().out
        call_command("protos", "--write")
        call_command("protos", "--check")

    @pytest.mark.parametrize(
        ("before", "after", "told"),
        [
            ("string hold_id = 2;", "", "busuu.billing.v1.HoldLost: 2 was string hold_id, is gone"),
            (
                "string hold_id = 2;",
                "string hold_id = 9;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is gone",
            ),
            (
                "int64 revision = 5;",
                "string revision = 5;",
                "busuu.billing.v1.EntitlementChanged: 5 was int64 revision, is string revision",
            ),
            (
                "string hold_id = 2;",
                "string held_id = 2;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is string held_id",
            ),
            (
                "string hold_id = 2;",
                "optional string hold_id = 2;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is optional string hold_id",
            ),
            (
                "string hold_id = 2;",
                "repeated string hold_id = 2;",
                "busuu.billing.v1.HoldLost: 2 was string hold_id, is repeated string hold_id",
            ),
            ("message HoldLost", "message HoldGone", "busuu.billing.v1.HoldLost is gone"),
        ],
    )
    def test_are_not_written_once_they_break_what_was_released(
        self, copy: Path, before: str, after: str, told: str
    ) -> None:
        _edit(copy, before, after)

        with pytest.raises(CommandError) as refused:
            call_command("protos", "--write")

        assert told in str(refused.value)
        with pytest.raises(CommandError):
            call_command("protos", "--release")

    def test_are_refused_where_a_reserved_number_is_used(self, copy: Path) -> None:
        _edit(copy, "string hold_id = 2;", "string hold_id = 2;\n  reserved 7;\n  string a = 7;")

        with pytest.raises(CommandError, match="reserved"):
            call_command("protos", "--check")

    def test_may_grow_and_then_promise_more(self, copy: Path) -> None:
        _edit(copy, "string hold_id = 2;", "string hold_id = 2;\n  string why = 4;\n  reserved 5;")
        call_command("protos", "--release")

        _edit(copy, "  string why = 4;\n  reserved 5;", "")

        assert protos.broken() == [
            "busuu.billing.v1.HoldLost: 4 was string why, is gone",
            "busuu.billing.v1.HoldLost: 5 is no longer reserved",
        ]


def _set(change: Callable[[DescriptorProto], object]) -> FileDescriptorSet:
    made = FileDescriptorSet()
    file = made.file.add(package="p")
    change(file.message_type.add(name="M"))
    return made


class TestReservedNames:
    def test_are_kept(self) -> None:
        before = _set(lambda message: message.reserved_name.append("old"))

        assert protos.breaks(before, before) == []
        assert protos.breaks(before, _set(lambda _: None)) == ["p.M: old is no longer reserved"]
