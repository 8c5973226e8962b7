"""Two schedulers act as one, and one takes over if the other falls silent."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connections
from structlog.testing import capture_logs

from busuu.beat import LASTS, LeasedScheduler
from busuu.celery import app
from contexts.shared.database.placement.aliases import alias_of
from contexts.shared.kernel import now
from contexts.shared.messaging.models import Lease

pytestmark = pytest.mark.django_db


class Recording(LeasedScheduler):
    """A scheduler that keeps what it would send."""

    def __init__(self, folder: Path, name: str) -> None:
        self.sent: list[str] = []
        super().__init__(app=app, schedule_filename=str(folder / name))

    def apply_async(self, entry: Any, *args: Any, **kwargs: Any) -> Any:
        self.sent.append(entry.name)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Recording, Recording]:
    return Recording(tmp_path, "one"), Recording(tmp_path, "other")


def _away(*_: Any) -> None:
    raise OperationalError("the database is away")


def _later(seconds: float) -> Any:
    return time_machine.travel(now() + timedelta(seconds=seconds), tick=False)


def _tick(*schedulers: Recording) -> None:
    for one in schedulers:
        for _ in range(len(app.conf.beat_schedule) + 1):
            one.tick()


class TestTwoSchedulers:
    def test_send_what_is_due_once(self, two: tuple[Recording, Recording]) -> None:
        one, other = two
        _tick(one, other)

        with _later(6):
            _tick(one, other)

        assert one.sent.count("messaging-sweep") == 1
        assert other.sent == []

    def test_leave_it_to_the_other_when_one_falls_silent(
        self, two: tuple[Recording, Recording]
    ) -> None:
        one, other = two
        _tick(one)

        with _later(LASTS.total_seconds() - 1):
            _tick(other)
            early = list(other.sent)
        with _later(LASTS.total_seconds() + 6):
            _tick(other, one)

        assert early == []
        assert "messaging-sweep" in other.sent
        assert one.sent == []

    def test_leave_it_to_the_other_at_once_when_one_is_stopped(
        self, two: tuple[Recording, Recording]
    ) -> None:
        one, other = two
        _tick(one)
        one.close()

        with _later(6):
            _tick(other)

        assert "messaging-sweep" in other.sent
        assert Lease.objects.filter(name="beat").count() == 1

    def test_end_though_the_database_is_away(self, two: tuple[Recording, Recording]) -> None:
        one, _ = two
        _tick(one)

        with connections[alias_of("identity")].execute_wrapper(_away), capture_logs() as logs:
            one.close()

        warning = {"event": "beat_lease_kept", "reason": "OperationalError", "log_level": "warning"}
        assert logs == [warning]

    def test_is_what_the_command_starts(self) -> None:
        assert app.conf.beat_scheduler == "busuu.beat:LeasedScheduler"
