"""Two releases side by side handle each other's events."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from contexts.shared.kernel import Event, new_id, now
from contexts.shared.messaging import codec
from contexts.shared.messaging.carrying import deliver
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    deliveries,
    happened,
    note,
    noted,
    say,
    sealed,
)


# Without a name, so that this process does not register them.
@dataclass(frozen=True, kw_only=True)
class LastRelease(Event):
    subject = "lesson_id"

    lesson_id: UUID
    minutes: int


@dataclass(frozen=True, kw_only=True)
class ThisRelease(Event):
    subject = "lesson_id"

    lesson_id: UUID
    minutes: int
    language: str = "und"
    extras: tuple[str, ...] = ()


def _carried(event: Event, to: type[Event]) -> Event:
    return codec.decode_as(to, codec.encode(event), occurred_at=event.occurred_at.isoformat())


class TestAFactThatWasAdded:
    def test_is_left_out_by_the_last_release(self) -> None:
        facts: Any = {"occurred_at": now(), "lesson_id": new_id(), "minutes": 30}
        written = ThisRelease(**facts, language="es", extras=("a", "b"))

        assert _carried(written, LastRelease) == LastRelease(**facts)

    def test_has_its_default_in_what_the_last_release_wrote(self) -> None:
        facts: Any = {"occurred_at": now(), "lesson_id": new_id(), "minutes": 30}

        assert _carried(LastRelease(**facts), ThisRelease) == ThisRelease(**facts)

    def test_that_is_missing_without_a_default_is_an_error(self) -> None:
        facts: Any = {"occurred_at": now(), "lesson_id": new_id()}

        with pytest.raises(ValueError, match="minutes"):
            codec.decode_as(
                LastRelease, {"lesson_id": facts["lesson_id"]}, occurred_at="2026-01-01"
            )


@pytest.mark.django_db
class TestAnEnvelope:
    def test_of_a_later_release_is_handled(self, subscribe: Subscribe) -> None:
        subscribe(note)
        event = happened()
        say(event)
        [envelope] = sealed()
        envelope["priority"] = "a later release's"
        for one in envelope["events"]:
            one["dataschema"] = "a later release's"
            one["data"]["reason"] = "a later release's"

        deliver.apply(kwargs={"envelope": envelope, "shard": 7}, throw=True)

        assert noted() == {event.user_id}
        assert deliveries() == []

    def test_without_what_this_release_has_added_is_handled(self, subscribe: Subscribe) -> None:
        subscribe(note)
        event = happened()
        say(event)
        [envelope] = sealed()
        for one in envelope["events"]:
            del one["trace"]

        deliver.apply(kwargs={"envelope": envelope}, throw=True)

        assert noted() == {event.user_id}
