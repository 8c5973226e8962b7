"""What a test asks of a deployment's databases and broker, from outside its processes.

    python -m tests.faults.fire prepare          make the table of effects
    python -m tests.faults.fire light N POISON   publish N events; of POISON each poisons a context
    python -m tests.faults.fire throng N TIMES   publish N events, and send each delivery TIMES
    python -m tests.faults.fire empty            lose every message that the broker holds
    python -m tests.faults.fire drained SECONDS  wait until it holds none
    python -m tests.faults.fire settle SECONDS   wait until nothing is open; says how long it took
    python -m tests.faults.fire tally FILE       count; FILE lists sparks that were acknowledged

Settings and databases are those of the environment; an answer is a line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

import django

BATCH = 100
_POLL_SECONDS = 0.1


def prepare() -> None:
    from django.db import connections

    from contexts.shared.database.placement.aliases import all_aliases
    from tests.faults.fire.models import Effect

    for alias in all_aliases():
        with connections[alias].schema_editor() as editor:
            editor.create_model(Effect)


def light(count: int, poison: int = 0) -> None:
    """Store events as a publisher's commands do. Nothing is sent."""
    from django.conf import settings

    from contexts.shared.kernel import new_id, now
    from tests.faults.fire.events import Lit
    from tests.faults.fire.subscribers import CONTEXTS

    settings.MESSAGING_RELAY = "off"
    every = count // poison if poison else count + 1
    poisons = {n * every: CONTEXTS[n % len(CONTEXTS)] for n in range(poison)}
    for start in range(0, count, BATCH):
        _publish(
            Lit(occurred_at=now(), spark=new_id(), poisons=poisons.get(n, ""))
            for n in range(start, min(start + BATCH, count))
        )


def _publish(events: Any) -> None:
    from contexts.shared.database.transactions.atomic import for_context
    from contexts.shared.messaging.publishing import publish

    for_context("identity")(publish)(events)


def throng(count: int, times: int) -> None:
    """Send each open delivery many times at once, as a broken relay would."""
    from django.conf import settings

    from contexts.shared.database.placement.aliases import alias_of
    from contexts.shared.kernel import now
    from contexts.shared.messaging.carrying import deliver
    from contexts.shared.messaging.envelope import read_events, seal
    from contexts.shared.messaging.models import Delivery

    light(count)
    using = alias_of("identity")
    open_ = Delivery.objects.using(using)
    rows = list(open_.order_by("subscriber", "pk"))
    events = read_events([row.event_id for row in rows], using=using)
    for subscriber, deliveries in groupby(rows, key=lambda row: row.subscriber):
        for sealed in seal(deliveries, events, origin=using):
            for _ in range(times):
                deliver.apply_async(kwargs={"envelope": sealed}, queue=subscriber.partition(".")[0])
    open_.update(due_at=now() + settings.MESSAGING_RESEND_AFTER)


def empty() -> None:
    from busuu.celery import app

    with app.connection_for_write() as connection:
        for queue in app.amqp.queues.values():
            bound = queue(connection.default_channel)
            bound.declare()
            bound.purge()


def drained(seconds: float) -> None:
    from busuu.celery import app

    until = time.monotonic() + seconds
    with app.connection_for_write() as connection:
        for queue in app.amqp.queues.values():
            bound = queue(connection.default_channel)
            # Redis has no queue where there is no message.
            with suppress(*connection.channel_errors):
                while bound.queue_declare(passive=True).message_count:
                    assert time.monotonic() < until, f"{bound} is not drained"
                    time.sleep(_POLL_SECONDS)


def settle(seconds: float) -> dict[str, Any]:
    from contexts.shared.database.placement.aliases import all_aliases
    from contexts.shared.kernel import now
    from contexts.shared.messaging.upkeep import backlog

    began = time.monotonic()
    while time.monotonic() - began < seconds:
        found = [backlog(using=alias, at=now()) for alias in all_aliases()]
        if not any(one.open for one in found):
            return {"open": 0, "seconds": time.monotonic() - began}
        time.sleep(_POLL_SECONDS)
    return {"open": sum(one.open for one in found), "seconds": seconds}


def tally(file: str) -> dict[str, Any]:
    """Return the counts of published sparks and of their effects."""
    from collections import Counter

    from contexts.shared.database.placement.aliases import alias_of, all_aliases
    from contexts.shared.kernel import now
    from contexts.shared.messaging.models import Delivery, StoredEvent
    from contexts.shared.messaging.upkeep import backlog
    from tests.faults.fire.events import Lit
    from tests.faults.fire.models import Effect
    from tests.faults.fire.subscribers import CONTEXTS

    using = alias_of("identity")
    published = [
        UUID(spark)
        for spark in StoredEvent.objects.using(using)
        .filter(name=Lit.name)
        .values_list("subject", flat=True)
    ]
    done = Counter(
        row
        for alias in all_aliases()
        for row in Effect.objects.using(alias).values_list("spark", "subscriber")
    )
    wanted = {(spark, context) for spark in published for context in CONTEXTS}
    acknowledged = {UUID(line) for line in Path(file).read_text().split()}
    left = [backlog(using=alias, at=now()) for alias in all_aliases()]
    dead = Delivery.objects.using(using).filter(state=Delivery.State.DEAD)
    return {
        "published": len(published),
        "acknowledged": len(acknowledged),
        "unkept": len(acknowledged - set(published)),
        "missing": len(wanted - set(done)),
        "doubled": sum(count - 1 for count in done.values()),
        "unasked": len(set(done) - wanted),
        "open": sum(one.open for one in left),
        "dead": sum(one.dead for one in left),
        "explained": dead.filter(error__contains="PoisonedError").count(),
        "lag": max(one.lag.total_seconds() for one in left),
    }


def main() -> None:
    commands: dict[str, tuple[Callable[..., Any], tuple[type, ...]]] = {
        "prepare": (prepare, ()),
        "light": (light, (int, int)),
        "throng": (throng, (int, int)),
        "empty": (empty, ()),
        "drained": (drained, (float,)),
        "settle": (settle, (float,)),
        "tally": (tally, (str,)),
    }
    command, kinds = commands[sys.argv[1]]
    django.setup()
    print(
        json.dumps(command(*(kind(text) for kind, text in zip(kinds, sys.argv[2:], strict=True))))
    )


if __name__ == "__main__":
    main()
