"""Metrics show the duration and the result of tasks by name."""

from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client import REGISTRY

from busuu.celery import app
from contexts.shared.messaging.tasks import sweep

pytestmark = pytest.mark.django_db


def _counted(task: str, result: str) -> float:
    labels = {"task": task, "result": result}
    return REGISTRY.get_sample_value("busuu_task_seconds_count", labels) or 0.0


@pytest.fixture
def broken() -> Iterator[Any]:
    @app.task(name="tests.broken")
    def act() -> None:
        raise LookupError

    yield act
    app.tasks.unregister("tests.broken")


class TestATask:
    def test_is_timed_once_each_time_it_runs(self) -> None:
        before = _counted("messaging.sweep", "success")

        sweep.apply()
        sweep.apply()

        assert _counted("messaging.sweep", "success") == before + 2

    def test_that_fails_is_counted_as_such(self, broken: Any) -> None:
        broken.apply(throw=False)

        assert _counted("tests.broken", "failure") == 1
        assert _counted("tests.broken", "success") == 0
