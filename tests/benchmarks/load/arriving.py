"""From the broker to the subscriber: the way alone, the way with its work, and one lone event."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from socket import gethostname
from statistics import quantiles
from typing import Any
from uuid import UUID

from celery import Celery
from django.conf import settings

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.transactions.atomic import for_context
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging.envelope import SIZE
from contexts.shared.messaging.publishing import publish
from contexts.shared.messaging.relay import relay
from tests.benchmarks import consumer, workers
from tests.benchmarks.dispatch import store
from tests.benchmarks.harness import speed
from tests.benchmarks.table import Row, ratio_row
from tests.factories.community import lessons_counted, store_members

EVENTS = 500
CARRIED = 2_000
REPETITIONS = 5
LONE = 300
_POLL_SECONDS = 0.005
GOAL_MS = 250
_PATIENCE_SECONDS = 60
_MEMBERS = 100


def measure() -> list[Row]:
    broker = consumer.ours.conf.broker_url.partition(":")[0]
    members = [new_id() for _ in range(_MEMBERS)]
    store_members(members)
    with workers.running():
        # Hold and release the queue once, so that everything is connected.
        _handled(members)
        worked = _compared(_handled, members)
        carried = _compared(_carried, members)
        lone = [_lone(member) for member in islice(cycle(members), LONE)]
    return [
        _row(f"{broker} to subscriber / a task an event", worked, "plain", EVENTS),
        _row(f"{broker} to subscriber / the same with an inbox", worked, "inbox", EVENTS),
        _row(f"{broker}, the way alone / a task an event", carried, "plain", CARRIED, must=10.0),
        _lone_row(broker, lone),
    ]


def _row(
    work: str, found: dict[str, list[float]], other: str, events: int, must: float = 3.0
) -> Row:
    rates = {name: f"{events / min(seconds):,.0f}/s" for name, seconds in found.items()}
    ratio, stretch = speed(found["ours"], found[other]), 6.0 if must < 6 else None
    return ratio_row(
        work, ratio, must=must, stretch=stretch, ours=rates["ours"], other=rates[other]
    )


def _compared(
    run: Callable[[list[UUID]], dict[str, float]], members: list[UUID]
) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for _ in range(REPETITIONS):
        for name, seconds in run(members).items():
            found[name].append(seconds)
    return found


def _handled(members: list[UUID]) -> dict[str, float]:
    """Each side changes one row per event. Ours and one of the others keep an inbox, too."""

    def ours() -> None:
        store(EVENTS, members, consumer.QUEUE)
        relay(using=alias_of(consumer.QUEUE))

    def plain() -> None:
        for member in islice(cycle(members), EVENTS):
            consumer.count_each.delay(str(member))

    def inbox() -> None:
        for member in islice(cycle(members), EVENTS):
            consumer.count_once.delay(str(new_id()), str(member))

    return _in_turn({"ours": ours, "plain": plain, "inbox": inbox}, counting=EVENTS)


def _carried(members: list[UUID]) -> dict[str, float]:
    """The events do nothing; the last one reports that all have come."""
    facts = {"member_id": str(members[0]), "occurred_at": now().isoformat()}

    def ours() -> None:
        for sent in range(SIZE, CARRIED + 1, SIZE):
            envelope = {"events": [facts] * SIZE}
            consumer.carry_many.apply_async(
                kwargs={"envelope": envelope, "last": sent == CARRIED}, queue=consumer.QUEUE
            )

    def plain() -> None:
        for sent in range(1, CARRIED + 1):
            consumer.carry_one.delay(facts, last=sent == CARRIED)

    return _in_turn({"ours": ours, "plain": plain}, counting=1)


def _in_turn(sides: dict[str, Callable[[], None]], *, counting: int) -> dict[str, float]:
    theirs = (consumer.plain, consumer.plain.conf.task_default_queue)
    found = {}
    for name in random.sample(list(sides), len(sides)):
        app, queue = (consumer.ours, consumer.QUEUE) if name == "ours" else theirs
        expected = lessons_counted() + counting
        with _held(app, queue) as let_go:
            sides[name]()
            began = time.perf_counter()
            let_go()
            found[name] = _reached(expected, _POLL_SECONDS) - began
    return found


@contextmanager
def _held(app: Celery, queue: str) -> Iterator[Callable[[], Any]]:
    """Keep the worker from its queue within the block."""
    name, began = f"{queue}@{gethostname()}", time.perf_counter()
    worker = app.control.inspect(destination=[name], timeout=1.0)
    # The worker may still be starting, and it answers before it has obeyed.
    while worker.active_queues() != {name: []}:
        if time.perf_counter() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{name} does not let go of its queue")
        app.control.cancel_consumer(queue, destination=[name], reply=True)
    yield lambda: app.control.add_consumer(queue, destination=[name])


def _reached(expected: int, poll_seconds: float) -> float:
    """Wait until so many events are counted. Return the time."""
    began = time.perf_counter()
    while lessons_counted() < expected:
        if time.perf_counter() - began > _PATIENCE_SECONDS:
            raise TimeoutError(f"{expected - lessons_counted()} events are missing")
        time.sleep(poll_seconds)
    return time.perf_counter()


def _lone(member: UUID) -> float:
    """Return the seconds from the commit of a lone event to its subscriber's commit."""
    time.sleep(random.uniform(0.02, 0.06))
    expected = lessons_counted() + 1
    settings.MESSAGING_RELAY = "thread"
    for_context("community")(lambda: publish([_noticed(member)]))()
    began = time.perf_counter()
    return _reached(expected, 0.001) - began


def _noticed(member: UUID) -> consumer.Noticed:
    return consumer.Noticed(occurred_at=now(), member_id=member)


def _lone_row(broker: str, seconds: list[float]) -> Row:
    cuts = quantiles((one * 1000 for one in seconds), n=100)
    return Row(
        work=f"idle: commit to the subscriber's commit by {broker}, {GOAL_MS} ms / p99",
        reached=GOAL_MS / cuts[98],
        must=1.0,
        ours=f"p50 {cuts[49]:,.0f} ms",
        other=f"p99 {cuts[98]:,.0f} ms",
    )
