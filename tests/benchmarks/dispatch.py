"""Events to their subscribers: our relay, envelopes and inbox against a Celery task an event."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from uuid import UUID

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging import codec
from contexts.shared.messaging.models import Delivery, InboxEntry, StoredEvent
from contexts.shared.messaging.relay import relay
from tests.benchmarks import consumer, workers
from tests.benchmarks.harness import Ratio, speed
from tests.benchmarks.table import Row, ratio_row
from tests.factories.community import lessons_counted, store_members

EVENTS = 200
RELAYED = 2_000
REPETITIONS = 9
_POLL_SECONDS = 0.005
_PATIENCE_SECONDS = 60
_MEMBERS = 100

Send = Callable[[list[UUID]], None]


def measure() -> Iterator[Row]:
    broker = consumer.ours.conf.broker_url.partition(":")[0]
    members = [new_id() for _ in range(_MEMBERS)]
    store_members(members)
    with workers.running():
        found = _compared(members)
    rates = {name: EVENTS / min(seconds) for name, seconds in found.items()}
    best = speed(found["ours"], found["plain"]), speed(found["ours"], found["inbox"])
    yield _row(f"dispatch by {broker} / a task an event", best[0], rates, "plain")
    yield _row(f"dispatch by {broker} / the same with an inbox", best[1], rates, "inbox")
    yield _relay_alone(broker, members)


def _row(work: str, ratio: Ratio, rates: dict[str, float], other: str) -> Row:
    ours, theirs = f"{rates['ours']:,.0f}/s", f"{rates[other]:,.0f}/s"
    return ratio_row(work, ratio, must=3.0, stretch=6.0, ours=ours, other=theirs)


def _compared(members: list[UUID]) -> dict[str, list[float]]:
    variants: dict[str, Send] = {"ours": _relay, "plain": _task_each, "inbox": _task_once}
    found: dict[str, list[float]] = {name: [] for name in variants}
    for name, send in variants.items():
        _seconds(name, send, members)
    for _ in range(REPETITIONS):
        for name in random.sample(list(variants), len(variants)):
            found[name].append(_seconds(name, variants[name], members))
    return found


def _seconds(name: str, send: Send, members: list[UUID]) -> float:
    """Return the seconds from the first event sent to the last work committed."""
    if name == "ours":
        store(EVENTS, members, consumer.QUEUE)
    expected = lessons_counted() + EVENTS
    began = time.perf_counter()
    send(list(islice(cycle(members), EVENTS)))
    while lessons_counted() < expected:
        if time.perf_counter() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{name}: {expected - lessons_counted()} events are missing")
        time.sleep(_POLL_SECONDS)
    return time.perf_counter() - began


def _relay(_members: list[UUID]) -> None:
    relay(using=alias_of(consumer.QUEUE))


def _task_each(members: list[UUID]) -> None:
    for member in members:
        consumer.count_each.delay(str(member))


def _task_once(members: list[UUID]) -> None:
    for member in members:
        consumer.count_once.delay(str(new_id()), str(member))


def store(count: int, members: list[UUID], context: str) -> None:
    """Store events and deliveries as a publisher's transaction does."""
    at = now() - timedelta(seconds=1)
    events = [
        consumer.Noticed(occurred_at=at, member_id=member)
        for member in islice(cycle(members), count)
    ]
    stored = [
        StoredEvent(
            id=new_id(),
            name=event.name,
            subject=event.subject_id,
            occurred_at=at,
            data=codec.encode(event),
        )
        for event in events
    ]
    StoredEvent.objects.bulk_create(stored)
    Delivery.objects.bulk_create(
        Delivery(event=event, subscriber=f"{context}.count", due_at=at, created_at=at)
        for event in stored
    )


def _relay_alone(broker: str, members: list[UUID]) -> Row:
    """Relay to a queue without a reader. The broker has confirmed every envelope."""
    store(RELAYED, members, consumer.UNREAD)
    best = min(_relayed() for _ in range(REPETITIONS))
    Delivery.objects.all().delete()
    InboxEntry.objects.all().delete()
    return Row(
        work=f"relay alone to {broker}, events a second",
        reached=RELAYED / best,
        unit="/s",
        must=5_000,
        stretch=15_000,
    )


def _relayed() -> float:
    Delivery.objects.update(due_at=now() - timedelta(seconds=1))
    began = time.perf_counter()
    relay(using=alias_of(consumer.UNREAD))
    seconds = time.perf_counter() - began
    with consumer.ours.connection_for_write() as connection:
        connection.default_channel.queue_purge(consumer.UNREAD)
    return seconds
