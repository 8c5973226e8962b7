from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings as django_settings

from busuu.celery import CONTEXT_QUEUES, app
from contexts.community.models import Member
from contexts.identity import api as identity
from contexts.identity.events import ProfileChanged
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from contexts.shared.messaging.models import Delivery, InboxEntry
from contexts.shared.messaging.registry import subscribers_of
from contexts.shared.messaging.relay import relay_all
from tests import needs
from tests.factories.identity import UserFactory
from tests.integration.messaging.workers import (
    HAS_SERVERS,
    Worker,
    alone_at_the_broker,
    empty_the_broker,
    eventually,
    needs_servers,
)

HERE = alias_of("identity")
HEARERS = len(subscribers_of(ProfileChanged))


def _rename(user_id: Any, name: str) -> None:
    identity.change_profile(user_id=user_id, changes={"display_name": name}, now=now())


def _known_as(name: str) -> Callable[[], bool]:
    return lambda: Member.objects.filter(display_name=name).exists()


def _swept(seen: Callable[[], bool]) -> Callable[[], bool]:
    """Return `seen` while the sweep goes on."""

    def look() -> bool:
        relay_all()
        return seen()

    return look


def _closed() -> bool:
    return not Delivery.objects.using(HERE).exists()


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Worker]:
    with alone_at_the_broker():
        worker = Worker(tmp_path / "worker.log")
        worker.start()
        yield worker
        worker.kill()


@needs_servers
@pytest.mark.engines
@pytest.mark.django_db(transaction=True)
class TestAWorker:
    def test_handles_what_was_committed_also_after_it_was_killed(
        self, worker: Worker, settings: Any
    ) -> None:
        # Redis may hand an envelope to the dead worker's connection; then it is sent again.
        settings.MESSAGING_RESEND_AFTER = timedelta(seconds=3)
        user = UserFactory()

        _rename(user.pk, "before")
        # Messages that expire while the worker starts are sent again.
        handled = eventually(_swept(_known_as("before")))
        worker.kill()
        _rename(user.pk, "meanwhile")
        relay_all()
        still_open = not _closed()
        worker.start()
        recovered = eventually(_swept(_known_as("meanwhile"))) and eventually(_swept(_closed))

        assert (handled, still_open, recovered) == (True, True, True), worker.log.read_text()
        assert InboxEntry.objects.count() == 2 * HEARERS

    def test_gets_again_what_the_broker_lost(self, worker: Worker, settings: Any) -> None:
        settings.MESSAGING_RESEND_AFTER = timedelta(seconds=3)
        worker.kill()
        user = UserFactory()
        _rename(user.pk, "lost")
        first = relay_all()
        empty_the_broker()
        worker.start()

        early = relay_all()
        again = eventually(lambda: relay_all() > 0)
        recovered = eventually(_swept(_known_as("lost"))) and eventually(_swept(_closed))

        assert (first, early, again, recovered) == (HEARERS, 0, True, True), worker.log.read_text()
        assert Member.objects.count() == 1
        assert InboxEntry.objects.count() == HEARERS


@pytest.mark.skipif(HAS_SERVERS, reason=needs.EMBEDDED)
@pytest.mark.django_db(transaction=True)
class TestAnEmbeddedWorker:
    def test_handles_what_was_committed(self) -> None:
        user = UserFactory()
        with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False):
            _rename(user.pk, "embedded")
            relay_all()
            handled = eventually(_known_as("embedded")) and eventually(_closed)

        assert handled
        assert InboxEntry.objects.count() == HEARERS

    def test_sends_again_what_went_down_with_the_process(self) -> None:
        from contexts.shared.messaging import upkeep

        user = UserFactory()
        _rename(user.pk, "restarted")
        relay_all()
        app.control.purge()

        upkeep.reopen_claimed(using=HERE)
        with start_worker(app, pool="threads", concurrency=2, perform_ping_check=False):
            relay_all()
            handled = eventually(_known_as("restarted")) and eventually(_closed)

        assert handled
        assert Member.objects.count() == 1


class TestTheBroker:
    def test_has_a_queue_for_each_context(self) -> None:
        assert set(django_settings.CONTEXT_DATABASES) == {*CONTEXT_QUEUES, "sandbox"}
        assert set(app.amqp.queues) == {*CONTEXT_QUEUES, "default"}

    def test_carries_json_alone(self) -> None:
        assert app.conf.task_serializer == "orjson"
        assert "pickle" not in app.conf.accept_content

    @pytest.mark.skipif(
        not str(django_settings.CELERY_BROKER_URL).startswith("amqp"), reason=needs.RABBITMQ
    )
    def test_confirms_what_it_takes(self) -> None:
        assert app.conf.broker_transport_options["confirm_publish"] is True
        with app.connection_for_write() as connection:
            connection.connect()

            assert connection.connection.confirm_publish is True
