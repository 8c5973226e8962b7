"""Events are frozen, named, and free of personal data that an erasure must remove."""

import dataclasses
import re
import types
import typing
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import pytest

from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events, all_subscribers

OURS = sorted(
    (event for event in all_events().values() if event.__module__.startswith("contexts.")),
    key=lambda event: event.name,
)
PLAIN = {UUID, str, int, bool, datetime}
# Codes are text of our own making; these names are not codes.
PERSONAL = re.compile(r"e?mail|name$|birth|phone|text|title|comment|address|password|answer")


def _plain(kind: object) -> bool:
    if isinstance(kind, types.UnionType):
        return all(part is type(None) or _plain(part) for part in typing.get_args(kind))
    return kind in PLAIN or (isinstance(kind, type) and issubclass(kind, StrEnum))


@pytest.mark.parametrize("event", OURS, ids=lambda event: event.name)
class TestEvents:
    def test_is_a_frozen_dataclass(self, event: type[Event]) -> None:
        assert dataclasses.is_dataclass(event)
        assert event.__dataclass_params__.frozen  # type: ignore[attr-defined]

    def test_stands_in_its_publishers_events(self, event: type[Event]) -> None:
        context, fact, version = event.name.split(".")

        assert event.__module__.startswith(f"contexts.{context}.events")
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", fact)
        assert re.fullmatch(r"v[1-9][0-9]*", version)

    def test_is_made_of_ids_codes_numbers_and_instants(self, event: type[Event]) -> None:
        hints = typing.get_type_hints(event)

        for field in dataclasses.fields(event):
            assert _plain(hints[field.name]), field.name
            assert not PERSONAL.search(field.name), field.name

    def test_has_its_subject_among_its_fields(self, event: type[Event]) -> None:
        assert event.subject in {field.name for field in dataclasses.fields(event)}


class TestTheCheck:
    def test_knows_what_is_not_plain(self) -> None:
        assert not _plain(float)
        assert not _plain(dict[str, str])
        assert PERSONAL.search("display_name")
        assert PERSONAL.search("email")

    def test_sees_events(self) -> None:
        assert len(OURS) >= 8


class TestSubscribers:
    def test_react_to_events_that_exist(self) -> None:
        assert {subscriber.event for subscriber in all_subscribers()} <= set(all_events().values())
        assert len(all_subscribers()) >= 7
