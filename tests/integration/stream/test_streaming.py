"""Events from the database to the broker: their order, and those that wait."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
import structlog
import time_machine
from django.conf import settings

from contexts.identity.events import RoleChanged
from contexts.shared.kernel import now
from contexts.shared.messaging import upkeep
from contexts.shared.messaging.models import StoredEvent, StreamDelivery
from contexts.shared.messaging.stream import kafka, wire
from contexts.shared.messaging.stream import waiting as queue
from contexts.shared.messaging.stream.flight import Flight
from contexts.shared.messaging.stream.records import record_of
from contexts.shared.messaging.stream.streamer import Streamer
from tests.integration.stream.brokers import Message
from tests.integration.stream.happenings import (
    ANA,
    BEN,
    ORIGIN,
    happened,
    roles_of,
    say,
    say_in_order,
    spoil,
    waiting,
)

pytestmark = pytest.mark.django_db
Read = Callable[[], list[Message]]
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class TestAMessage:
    def test_is_a_cloud_event_in_binary_mode(self, streamer: Streamer, streamed: Read) -> None:
        event = happened(ANA)
        with structlog.contextvars.bound_contextvars(request_id=TRACE):
            say(event)

        streamer.step()

        [message] = streamed()
        stored = StoredEvent.objects.using(ORIGIN).get()
        assert message["headers"] == {
            "ce_specversion": b"1.0",
            "ce_id": str(stored.pk).encode(),
            "ce_source": b"/identity",
            "ce_type": b"identity.role_changed.v1",
            "ce_subject": str(ANA).encode(),
            "ce_time": event.occurred_at.isoformat().encode(),
            "content-type": b"application/protobuf",
            "traceparent": TRACE.encode(),
        }
        assert message["key"] == str(ANA)
        assert wire.from_bytes(RoleChanged.name, message["body"]) == event

    def test_has_no_trace_where_there_is_none(self, streamer: Streamer, streamed: Read) -> None:
        with structlog.contextvars.bound_contextvars(request_id="request-1"):
            say(happened())

        streamer.step()

        [message] = streamed()
        assert "traceparent" not in message["headers"]


class TestStreaming:
    def test_closes_what_the_broker_has_confirmed(self, streamer: Streamer, streamed: Read) -> None:
        say(*[happened() for _ in range(25)])

        rests = [streamer.step(), streamer.step()]

        assert waiting() == []
        assert len(streamed()) == 25
        assert rests[0] == timedelta(0) < rests[1]

    def test_keeps_the_order_of_a_subject(self, streamer: Streamer, streamed: Read) -> None:
        for role in range(30):
            say(happened(ANA, role=str(role)), happened(BEN, role=str(role)))

        streamer.step()

        in_order = [str(role) for role in range(30)]
        messages = streamed()
        assert (roles_of(messages, ANA), roles_of(messages, BEN)) == (in_order, in_order)
        assert len({one["partition"] for one in messages if one["subject"] == str(ANA)}) == 1

    def test_keeps_the_order_across_batches(
        self, streamer: Streamer, streamed: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue, "BATCH", 7)
        say_in_order(ANA, range(30))

        while streamer.step() == timedelta(0):
            pass

        assert roles_of(streamed(), ANA) == [str(role) for role in range(30)]
        assert waiting() == []


class TestAMessageThatCannotBeEncoded:
    @pytest.fixture
    def poisoned(self, streamer: Streamer) -> StreamDelivery:
        say_in_order(ANA, ["first", "second", "third"])
        say_in_order(BEN, ["one", "two"])
        _, second, *_ = waiting()
        spoil(second)
        return second

    def test_dies_and_holds_its_subject_alone(
        self, streamer: Streamer, streamed: Read, poisoned: StreamDelivery
    ) -> None:
        streamer.step()
        streamer.step()

        messages = streamed()
        assert (roles_of(messages, ANA), roles_of(messages, BEN)) == (["first"], ["one", "two"])
        dead, held = waiting()
        assert (dead.pk, dead.state, dead.failures) == (poisoned.pk, "dead", 1)
        assert "granted" in dead.error
        assert (held.state, held.event.data["role"]) == ("open", "third")

    def test_holds_it_also_for_the_next_streamer(
        self, streamer: Streamer, streamed: Read, poisoned: StreamDelivery
    ) -> None:
        streamer.step()
        streamer.leave()
        say_in_order(ANA, ["fourth"])

        Streamer(using=ORIGIN, stop=threading.Event()).step()

        assert roles_of(streamed(), ANA) == ["first"]
        assert [one.state for one in waiting()] == ["dead", "open", "open"]

    def test_lets_go_once_it_is_mended_and_redriven(
        self, streamer: Streamer, streamed: Read, poisoned: StreamDelivery
    ) -> None:
        streamer.step()
        say_in_order(ANA, ["fourth"])
        spoil(poisoned, {"user_id": str(ANA), "role": "second", "granted": True})
        count = upkeep.redrive_stream(using=ORIGIN)

        streamer.step()

        assert count == 1
        assert roles_of(streamed(), ANA) == ["first", "second", "third", "fourth"]
        assert waiting() == []

    def test_dies_again_when_it_is_redriven_as_it_was(
        self, streamer: Streamer, streamed: Read, poisoned: StreamDelivery
    ) -> None:
        streamer.step()
        upkeep.redrive_stream(using=ORIGIN, ids=[poisoned.pk])

        streamer.step()

        assert [one.state for one in waiting()] == ["dead", "open"]
        assert roles_of(streamed(), ANA) == ["first"]

    def test_is_not_waited_for_by_the_subject_of_another_context(
        self, streamer: Streamer, poisoned: StreamDelivery
    ) -> None:
        StreamDelivery.objects.using(ORIGIN).filter(subject=str(ANA)).exclude(
            pk=poisoned.pk
        ).update(context="community")

        streamer.step()

        assert [one.pk for one in waiting()] == [poisoned.pk]

    def test_is_passed_by_however_much_waits_behind_it(
        self, streamer: Streamer, streamed: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue, "BATCH", 10)
        say_in_order(ANA, range(35))
        spoil(waiting()[0])
        streamer.step()
        say_in_order(BEN, ["after all of them"])

        streamer.step()

        assert roles_of(streamed(), BEN) == ["after all of them"]
        assert len(waiting()) == 35


class TestAnEventThatThisReleaseDoesNotKnow:
    def test_waits_with_its_subject_until_one_comes_that_does(
        self, streamer: Streamer, streamed: Read
    ) -> None:
        say_in_order(ANA, ["first", "second"])
        say_in_order(BEN, ["one"])
        first = waiting()[0].event_id
        rows = StoredEvent.objects.using(ORIGIN).filter(pk=first)
        rows.update(name="identity.role_lost.v1")
        streamer.step()
        streamer.step()
        held = [(one.state, one.error) for one in waiting()]

        rows.update(name="identity.role_changed.v1")
        with time_machine.travel(now() + settings.MESSAGING_RESEND_AFTER + timedelta(seconds=1)):
            streamer.step()

        error = "this release has no message for identity.role_lost.v1"
        assert held == [("open", error), ("open", "")]
        assert roles_of(streamed(), ANA) == ["first", "second"]
        assert roles_of(streamed(), BEN) == ["one"]


class TestAnEventThatSomebodyDeleted:
    def test_dies(self, streamer: Streamer) -> None:
        say(happened())
        [lost] = waiting()
        StoredEvent.objects.using(ORIGIN).filter(pk=lost.event_id)._raw_delete(ORIGIN)

        streamer.step()

        row = StreamDelivery.objects.using(ORIGIN).get()
        assert (row.state, row.error) == ("dead", "the event is gone")


class TestAMessageThatTheBrokerRefuses:
    def test_dies_and_holds_its_subject_alone(
        self, switch_on: Callable[..., None], streaming: str, streamed: Read
    ) -> None:
        switch_on(streaming, OPTIONS={"message.max.bytes": 1_000})
        say_in_order(ANA, ["first", "x" * 2_000, "third"])
        say_in_order(BEN, ["one"])
        streamer = Streamer(using=ORIGIN, stop=threading.Event())

        streamer.step()
        streamer.step()

        refused, held = waiting()
        assert (refused.state, held.state) == ("dead", "open")
        assert "too large" in refused.error.lower()
        assert (roles_of(streamed(), ANA), roles_of(streamed(), BEN)) == (["first"], ["one"])


class TestTwoStreamers:
    def test_take_turns(self, streamer: Streamer, streamed: Read) -> None:
        other = Streamer(using=ORIGIN, stop=threading.Event())
        streamer.step()
        say(happened())
        stood_by = other.step()
        left_alone = len(waiting())

        streamer.leave()
        other.step()

        assert stood_by > timedelta(seconds=1)
        assert (left_alone, len(waiting()), len(streamed())) == (1, 0, 1)

    def test_follow_one_that_fell_silent(self, streamer: Streamer, streamed: Read) -> None:
        other = Streamer(using=ORIGIN, stop=threading.Event())
        streamer.step()
        say(happened())

        with time_machine.travel(now() + timedelta(seconds=16)):
            other.step()
            stood_by = streamer.step()

        assert waiting() == []
        assert stood_by > timedelta(seconds=1)

    def test_repeat_messages_at_worst_and_overtake_none(
        self, streamer: Streamer, streamed: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queue, "BATCH", 5)
        say_in_order(ANA, range(8))
        stale = queue.take(using=ORIGIN, at=now())
        while streamer.step() == timedelta(0):
            pass

        events = queue.events_of(stale, using=ORIGIN)
        parcels = [(one.pk, record_of(events[one.event_id])) for one in stale]
        Flight(kafka.producer(), goes_on=lambda: True).send(parcels)

        expected = [str(role) for role in range(8)]
        seen = roles_of(streamed(), ANA)
        assert seen == expected + expected[:5]
