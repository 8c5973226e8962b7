"""The messages of the public stream have the fields and types of their events."""

import dataclasses
import types
import typing
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from google.protobuf.descriptor import FieldDescriptor

from contexts.shared.kernel import Event
from tests.architecture.streamed import OURS, TIMESTAMP, descriptor

KINDS = {
    UUID: FieldDescriptor.TYPE_STRING,
    str: FieldDescriptor.TYPE_STRING,
    int: FieldDescriptor.TYPE_INT64,
    bool: FieldDescriptor.TYPE_BOOL,
    datetime: TIMESTAMP,
}


def _kind(field: FieldDescriptor) -> object:
    return field.message_type.full_name if field.message_type else field.type


def _expected(hint: Any) -> tuple[object, bool, bool]:
    """Return the kind of a field's message type, and whether it is optional and repeated."""
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

        assert {field.name for field in descriptor(event).fields} == names

    def test_has_the_types_of_its_event(self, event: type[Event]) -> None:
        hints = typing.get_type_hints(event)

        for field in descriptor(event).fields:
            optional = field.containing_oneof is not None
            found = (_kind(field), optional, field.is_repeated)
            assert found == _expected(hints[field.name]), field.name

    def test_stands_in_the_file_of_its_context(self, event: type[Event]) -> None:
        context = event.name.split(".")[0]
        described = descriptor(event)

        assert described.file.name == f"contexts/{context}/proto/events.proto"
        assert described.file.package == f"busuu.{context}.v1"
