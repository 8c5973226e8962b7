import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
import time_machine
from celery.signals import before_task_publish
from django.conf import settings
from django.db import connections
from kombu.exceptions import OperationalError

from busuu.celery import app
from contexts.shared.kernel import now
from contexts.shared.messaging import relay, wake
from contexts.shared.messaging.models import Delivery, StoredEvent
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import (
    ORIGIN,
    deliveries,
    hand_over,
    happened,
    note,
    noted,
    say,
)
from tests.parallel import at_once

Carried = list[tuple[str, dict[str, Any]]]

NO_BROKER = "amqp://nobody@127.0.0.1:1//"


def _numbers(carried: Carried) -> list[int]:
    return [number for _, envelope in carried for number, *_ in envelope["deliveries"]]


def _wait_after_sending() -> timedelta:
    with time_machine.travel(deliveries()[0].due_at + timedelta(seconds=1), tick=False):
        assert relay.relay_all() == 1
        return deliveries()[0].due_at - now()


@pytest.fixture
def expiries(carried: Carried) -> Iterator[list[timedelta]]:
    """Yield the lifetime of each envelope that Celery gets."""
    found: list[timedelta] = []

    def look(headers: dict[str, Any], **_: Any) -> None:
        found.append(datetime.fromisoformat(headers["expires"]) - datetime.now(UTC))

    before_task_publish.connect(look, weak=False)
    yield found
    before_task_publish.disconnect(look)


@pytest.mark.django_db
class TestRelaying:
    def test_fills_envelopes_of_a_hundred(self, subscribe: Subscribe, carried: Carried) -> None:
        subscribe(note)
        say(*[happened() for _ in range(205)])

        sent = relay.relay_all()

        assert sent == 205
        assert [len(envelope["deliveries"]) for _, envelope in carried] == [100, 100, 5]
        assert sorted(_numbers(carried)) == [one.pk for one in deliveries()]

    def test_uses_a_queue_for_each_context(self, subscribe: Subscribe, carried: Carried) -> None:
        subscribe(note, name="community.one")
        subscribe(note, name="community.two")
        subscribe(note, name="tutoring.three")
        say(happened())

        relay.relay_all()

        assert sorted((queue, len(one["deliveries"])) for queue, one in carried) == [
            ("community", 2),
            ("tutoring", 1),
        ]

    def test_carries_an_event_once_for_all_its_subscribers(
        self, subscribe: Subscribe, carried: Carried
    ) -> None:
        subscribe(note, name="community.one")
        subscribe(note, name="community.two")
        say(happened())

        relay.relay_all()

        [(_, envelope)] = carried
        assert len(envelope["events"]) == 1
        assert len(envelope["deliveries"]) == 2

    def test_carries_cloud_events(self, subscribe: Subscribe, carried: Carried) -> None:
        subscribe(note)
        event = happened()
        with structlog.contextvars.bound_contextvars(request_id="request-1"):
            say(event)

        relay.relay_all()

        [(_, envelope)] = carried
        stored = StoredEvent.objects.using(ORIGIN).get()
        assert envelope["events"] == [
            {
                "specversion": "1.0",
                "id": str(stored.pk),
                "source": "/identity",
                "type": "identity.role_changed.v1",
                "subject": str(event.user_id),
                "time": event.occurred_at.isoformat(),
                "data": {"user_id": str(event.user_id), "role": "tutor", "granted": True},
                "trace": "request-1",
            }
        ]

    def test_keeps_what_it_has_sent_until_somebody_closes_it(
        self, subscribe: Subscribe, carried: Carried
    ) -> None:
        subscribe(note)
        say(happened())

        sent = [relay.relay_all(), relay.relay_all()]

        assert sent == [1, 0]
        [delivery] = deliveries()
        assert delivery.state == Delivery.State.OPEN
        assert delivery.sends == 1

    def test_sends_again_once_the_deadline_has_passed(
        self, subscribe: Subscribe, carried: Carried
    ) -> None:
        subscribe(note)
        say(happened())
        relay.relay_all()
        deadline = now() + settings.MESSAGING_RESEND_AFTER

        with time_machine.travel(deadline - timedelta(seconds=5)):
            early = relay.relay_all()
        with time_machine.travel(deadline + timedelta(seconds=5)):
            late = relay.relay_all()

        assert (early, late) == (0, 1)
        assert len(carried) == 2
        assert deliveries()[0].sends == 2

    def test_waits_longer_each_time_but_not_for_ever(
        self, subscribe: Subscribe, carried: Carried
    ) -> None:
        subscribe(note)
        say(happened())

        waits = [_wait_after_sending() for _ in range(7)]

        after = settings.MESSAGING_RESEND_AFTER
        assert waits == [after * times for times in (1, 2, 4, 8, 16, 16, 16)]

    def test_lets_expire_what_is_sent_again(
        self, subscribe: Subscribe, carried: Carried, expiries: list[timedelta]
    ) -> None:
        subscribe(note)
        say(happened(), happened())
        first, _ = deliveries()
        Delivery.objects.using(ORIGIN).filter(pk=first.pk).update(sends=1)

        relay.relay_all()

        # Two envelopes, since one of them waits longer.
        seconds = sorted(round(expiry.total_seconds()) for expiry in expiries)
        after = settings.MESSAGING_RESEND_AFTER.total_seconds()
        assert seconds == [after, 2 * after]

    def test_sends_nothing_that_is_dead(self, subscribe: Subscribe, carried: Carried) -> None:
        subscribe(note)
        say(happened())
        Delivery.objects.using(ORIGIN).update(state=Delivery.State.DEAD)

        assert relay.relay_all() == 0
        assert carried == []

    def test_is_not_stopped_by_a_delivery_whose_event_is_gone(
        self, subscribe: Subscribe, carried: Carried
    ) -> None:
        subscribe(note)
        say(happened(), happened())
        lost, kept = deliveries()
        StoredEvent.objects.using(ORIGIN).filter(pk=lost.event_id)._raw_delete(ORIGIN)

        relay.relay_all()

        assert _numbers(carried) == [kept.pk]
        lost.refresh_from_db()
        assert (lost.state, lost.error) == (Delivery.State.DEAD, "the event is gone")


@pytest.mark.django_db(transaction=True)
class TestTwoRelays:
    def test_never_send_one_delivery_twice_within_the_deadline(
        self, subscribe: Subscribe, carried: Carried
    ) -> None:
        subscribe(note)
        total = 5 * relay.BATCH // 2
        say(*[happened() for _ in range(total)])

        sent = at_once(lambda _: relay.relay_all(), times=4)

        assert all(isinstance(count, int) for count in sent), sent
        # A relay that finds a batch partly taken stops early; the next sweep takes the rest.
        relay.relay_all()
        counted = Counter(_numbers(carried))
        assert set(counted.values()) == {1}
        assert len(counted) == total


@pytest.mark.django_db(transaction=True)
class TestADeadBroker:
    def test_loses_nothing(
        self, subscribe: Subscribe, use_broker: Callable[[str], None], deliver: Callable[[], int]
    ) -> None:
        subscribe(note)
        event = happened()
        say(event)
        app.conf.update(task_always_eager=False)
        use_broker(NO_BROKER)
        with pytest.raises(OperationalError):
            relay.relay_all()
        [delivery] = deliveries()
        waits = delivery.due_at - now()

        app.conf.update(task_always_eager=True)
        with time_machine.travel(now() + timedelta(seconds=10)):
            sent = deliver()

        assert timedelta(0) < waits <= timedelta(seconds=5)
        assert delivery.sends == 0
        assert sent == 1
        assert noted() == {event.user_id}
        assert deliveries() == []

    def test_does_not_trouble_the_command_that_publishes(
        self,
        subscribe: Subscribe,
        use_broker: Callable[[str], None],
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        subscribe(note)
        use_broker(NO_BROKER)
        settings.MESSAGING_RELAY = "thread"
        cannot_start = RuntimeError("can't start new thread")
        monkeypatch.setattr(threading.Thread, "start", _raise(cannot_start))
        monkeypatch.setattr(wake, "_thread", None)

        say(happened())

        assert len(deliveries()) == 1


def _raise(error: Exception) -> Callable[..., None]:
    def act(*_: object) -> None:
        raise error

    return act


@pytest.mark.django_db(transaction=True)
class TestWaking:
    def test_sends_in_another_thread_right_after_the_commit(
        self, subscribe: Subscribe, carried: Carried, settings: Any
    ) -> None:
        subscribe(note)
        settings.MESSAGING_RELAY = "thread"
        seen = threading.Event()
        sender: list[str] = []

        def watch(**_: Any) -> None:
            sender.append(threading.current_thread().name)
            # The thread outlives the test; a connection of its own would keep the database busy.
            connections.close_all()
            seen.set()

        before_task_publish.connect(watch)
        say(happened())

        assert seen.wait(timeout=10)
        before_task_publish.disconnect(watch)
        assert sender == ["relay"]
        _, envelope = carried[0]
        hand_over(envelope)
        assert len(noted()) == 1
