"""A queue without readers keeps useful messages only, however often they are sent again."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.signals import before_task_publish

from busuu.beat import LeasedScheduler
from busuu.celery import DEFAULT_QUEUE, app
from contexts.shared.messaging import relay
from contexts.shared.messaging.expiring import drop_expired
from contexts.shared.messaging.tasks import sweep
from tests import needs
from tests.integration.messaging.conftest import Subscribe
from tests.integration.messaging.happenings import happened, note, say
from tests.integration.messaging.workers import HAS_BROKER, alone_at_the_broker

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(not HAS_BROKER, reason=needs.BROKER),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_worker"),
]


@pytest.fixture
def _no_worker() -> Iterator[None]:
    with alone_at_the_broker():
        yield


def _length(queue: str) -> int:
    with app.connection_for_write() as connection:
        return int(connection.default_channel.queue_declare(queue, passive=True).message_count)


def _relayed_after(seconds: float) -> int:
    time.sleep(seconds)
    relay.relay_all()
    return _length("community")


class TestAQueueWithoutAWorker:
    def test_holds_each_open_delivery_once(self, subscribe: Subscribe, settings: Any) -> None:
        settings.MESSAGING_RESEND_AFTER = timedelta(seconds=1)
        subscribe(note)
        say(*[happened() for _ in range(250)])

        lengths = [_relayed_after(seconds) for seconds in (0, 1.3, 2.3)]

        assert lengths == [3, 3, 3]

    def test_keeps_what_has_not_expired(self) -> None:
        for seconds in (0.2, 0.2, 60):
            sweep.apply_async(expires=seconds)
        time.sleep(0.5)

        drop_expired(DEFAULT_QUEUE)

        assert _length(DEFAULT_QUEUE) == 1

    def test_has_no_instant_of_the_senders_clock(self) -> None:
        published: list[dict[str, Any]] = []

        def look(headers: dict[str, Any], properties: dict[str, Any], **_: Any) -> None:
            published.append({**headers, "expiration": properties["expiration"]})

        # Receivers run in the order in which they were connected.
        before_task_publish.connect(look)
        try:
            sweep.apply_async(expires=60)
        finally:
            before_task_publish.disconnect(look)

        [message] = published
        assert message["expires"] is None
        assert 59 < message["expiration"] <= 60
        assert ("stale_at" in message) == app.conf.broker_url.startswith("redis")

    def test_holds_no_more_than_one_of_what_is_scheduled(self, tmp_path: Path) -> None:
        beat = LeasedScheduler(app=app, schedule_filename=str(tmp_path / "schedule"))
        entry = beat.schedule["messaging-sweep"]
        entry.options = {"expires": 0.2}

        for _ in range(3):
            beat.apply_async(entry, advance=False)
            time.sleep(0.4)
        beat.apply_async(entry, advance=False)

        assert _length(DEFAULT_QUEUE) == 1
