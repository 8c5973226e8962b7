"""The relay with a million waiting events, against a table with few."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.database.statements.filling import fill, json_of
from contexts.shared.kernel import new_id, now
from contexts.shared.messaging import relay
from contexts.shared.messaging.models import Delivery, StoredEvent
from tests.benchmarks import consumer
from tests.benchmarks.harness import speed
from tests.benchmarks.table import Row, ratio_row

EVENTS = int(os.environ.get("BACKLOG", "1000000"))
FEW = "few"
_BATCHES = 5
_AT_ONCE = _BATCHES * relay.BATCH
_TURNS = max(2, min(40, EVENTS // _AT_ONCE))


def measure() -> list[Row]:
    """Relay in turns a part of the backlog, and a few batches on another database.

    Nobody reads the queue; it is emptied now and then while no clock runs.
    """
    # Nobody closes the deliveries either; they must not be sent again before the end.
    settings.MESSAGING_RESEND_AFTER = timedelta(days=1)
    broker, many = consumer.ours.conf.broker_url.partition(":")[0], alias_of(consumer.UNREAD)
    _migrate_few()
    _store(EVENTS, using=many)
    print(f"backlog: {Delivery.objects.using(many).count():,} open deliveries", flush=True)
    backlog, few = list[float](), list[float]()
    batches = relay.in_batches(using=many)
    for _ in range(_TURNS):
        backlog.append(_relayed(batches, EVENTS // _TURNS))
        _truncate(FEW)
        _store(_AT_ONCE, using=FEW)
        few.append(_relayed(relay.in_batches(using=FEW), _AT_ONCE))
    tenth = max(2, _TURNS // 10)
    return [
        _row(f"relay to {broker}: backlog of {EVENTS:,} / few events", backlog, few, must=0.8),
        _row("the first tenth of it / few events", backlog[:tenth], few[:tenth]),
        _row("the last tenth of it / few events", backlog[-tenth:], few[-tenth:]),
    ]


def _migrate_few() -> None:
    # The router makes no tables on a database without a context.
    homes: dict[str, str] = settings.CONTEXT_DATABASES
    before = dict(homes)
    homes.update(dict.fromkeys(homes, FEW))
    call_command("migrate", "messaging", database=FEW, verbosity=0)
    homes.update(before)


def _row(work: str, ours: list[float], theirs: list[float], must: float | None = None) -> Row:
    rates = [f"{len(each) / sum(each):,.0f}/s" for each in (ours, theirs)]
    return ratio_row(work, speed(ours, theirs), must=must, ours=rates[0], other=rates[1])


def _relayed(batches: Iterator[int], count: int) -> float:
    """Return the seconds per event."""
    spent, done = 0.0, 0
    while done < count:
        began = time.perf_counter()
        sent = sum(islice(batches, _BATCHES))
        spent += time.perf_counter() - began
        done += sent
        _empty_queue()
        assert sent, "nothing was due"
    return spent / done


def _store(count: int, *, using: str) -> None:
    """Store events as publishers' transactions do, a millisecond apart."""
    first = now() - timedelta(hours=1)
    ids = [new_id() for _ in range(count)]
    member_id = new_id()
    fill(
        StoredEvent,
        ("id", "occurred_at"),
        ((id_, first + n * timedelta(milliseconds=1)) for n, id_ in enumerate(ids)),
        using=using,
        name=consumer.Noticed.name,
        subject=str(member_id),
        data=json_of({"member_id": member_id}),
        trace="",
    )
    at = ((id_, first + n * timedelta(milliseconds=1)) for n, id_ in enumerate(ids))
    fill(
        Delivery,
        ("event_id", "due_at", "created_at"),
        ((id_, due_at, due_at) for id_, due_at in at),
        using=using,
        subscriber=f"{consumer.UNREAD}.count",
        state=Delivery.State.OPEN.value,
        sends=0,
        failures=0,
        error="",
    )
    with connections[using].cursor() as cursor:
        # Old rows carry their hint bits; ours were written a second ago.
        cursor.execute("VACUUM (ANALYZE) messaging_delivery, messaging_storedevent")


def _truncate(using: str) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute("TRUNCATE messaging_delivery, messaging_storedevent")


def _empty_queue() -> None:
    with consumer.ours.connection_for_write() as connection:
        connection.default_channel.queue_purge(consumer.UNREAD)
