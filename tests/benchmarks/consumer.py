"""Both sides of the dispatch benchmark: our subscriber, and plain Celery's tasks."""

import os
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import django
from celery import Celery
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, transaction

from busuu.celery import app as ours

if not apps.ready:  # Celery imports this module first.
    django.setup()

from contexts.shared.database.statements.inserting import insert
from contexts.shared.kernel import Event, now
from contexts.shared.messaging.models import InboxEntry
from contexts.shared.messaging.registry import Subscriber, add
from tests.benchmarks import sql

__all__ = [
    "QUEUE",
    "UNREAD",
    "Noticed",
    "carry_many",
    "carry_one",
    "count_each",
    "count_once",
    "ours",
    "plain",
]

# A separate name, so that parallel runs on one broker do not take each other's work.
QUEUE = os.environ.get("BENCHMARK_QUEUE", "benchmark")
UNREAD = QUEUE + "unread"


@dataclass(frozen=True, kw_only=True)
class Noticed(Event):
    name: ClassVar[str] = "benchmark.noticed.v1"
    subject: ClassVar[str] = "member_id"

    member_id: UUID


_COUNT = "UPDATE community_member SET lessons_completed = lessons_completed + 1 WHERE id = %s"


def count(member_id: UUID) -> None:
    """Update one row, as cheaply as possible: more work would hide the cost of the transport."""
    sql.run(_COUNT, sql.uid(member_id))


def react(event: Noticed) -> None:
    count(event.member_id)


for context in (QUEUE, UNREAD):
    add(Subscriber(f"{context}.count", context, Noticed, react, outside=False))

KEPT = 1_000_000_000
plain = Celery("plain", broker=ours.conf.broker_url, set_as_current=False)
plain.conf.update(
    task_default_queue=f"{QUEUE}plain",
    task_ignore_result=True,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    # By default, Celery closes its database connection before and after every task.
    CELERY_DB_REUSE_MAX=KEPT,
    broker_transport_options=(
        {"polling_interval": 0.02} if ours.conf.broker_url.startswith("memory") else {}
    ),
)


@plain.task(name="benchmark.count_each")
def count_each(member_id: str) -> None:
    count(UUID(member_id))


@plain.task(name="benchmark.carry_one")
def carry_one(event: dict[str, Any], last: bool) -> None:
    """Do nothing, except report that the last event has come."""
    if last:
        count(UUID(event["member_id"]))


@ours.task(name="benchmark.carry_many", acks_late=True)
def carry_many(*, envelope: dict[str, Any], last: bool) -> None:
    """Do the same for many events."""
    for event in envelope["events"]:
        carry_one.run(event, last=False)
    if last:
        count(UUID(envelope["events"][-1]["member_id"]))


@plain.task(name="benchmark.count_once")
def count_once(event_id: str, member_id: str) -> None:
    """Do the same with an inbox, so that a repeated event counts once."""
    entry = InboxEntry(event_id=UUID(event_id), subscriber="benchmark", handled_at=now())
    with transaction.atomic():
        insert([entry], using=DEFAULT_DB_ALIAS)
        count(UUID(member_id))
