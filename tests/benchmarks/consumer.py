"""What both sides of the dispatch benchmark run: our subscriber, and plain Celery's tasks."""

import os
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import django
from celery import Celery
from django.apps import apps
from django.db import transaction
from django.db.models import F

from busuu.celery import app as ours

if not apps.ready:  # Celery imports this module first.
    django.setup()

from contexts.community.models import Member
from contexts.shared.kernel import Event, now
from contexts.shared.messaging.models import InboxEntry
from contexts.shared.messaging.registry import Subscriber, add

__all__ = ["QUEUE", "UNREAD", "Noticed", "count_each", "count_once", "ours", "plain"]

# A name of its own, so that runs beside each other on one broker do not take each other's work.
QUEUE = os.environ.get("BENCHMARK_QUEUE", "benchmark")
UNREAD = QUEUE + "unread"


@dataclass(frozen=True, kw_only=True)
class Noticed(Event):
    name: ClassVar[str] = "benchmark.noticed.v1"
    subject: ClassVar[str] = "member_id"

    member_id: UUID


def count(member_id: UUID) -> None:
    """One row of work."""
    Member.objects.filter(pk=member_id).update(lessons_completed=F("lessons_completed") + 1)


def react(event: Noticed) -> None:
    count(event.member_id)


for context in (QUEUE, UNREAD):
    add(Subscriber(f"{context}.count", context, Noticed, react, outside=False))

plain = Celery("plain", broker=ours.conf.broker_url, set_as_current=False)
plain.conf.update(
    task_default_queue=f"{QUEUE}plain",
    task_ignore_result=True,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options=(
        {"polling_interval": 0.02} if ours.conf.broker_url.startswith("memory") else {}
    ),
)


@plain.task(name="benchmark.count_each")
def count_each(member_id: str) -> None:
    count(UUID(member_id))


@plain.task(name="benchmark.count_once")
def count_once(event_id: str, member_id: str) -> None:
    """The same with an inbox, so that what comes twice counts once."""
    entry = InboxEntry(event_id=UUID(event_id), subscriber="benchmark", handled_at=now())
    with transaction.atomic():
        InboxEntry.objects.bulk_create([entry])
        count(UUID(member_id))
