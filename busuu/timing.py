"""Measures how long Celery tasks take, scheduled ones and subscribers."""

from time import perf_counter
from typing import Any

from celery.signals import task_postrun, task_prerun
from prometheus_client import Histogram

TASKS = Histogram(
    "busuu_task_seconds",
    "Time for a Celery task.",
    ["task", "result"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)


@task_prerun.connect
def _begin(task: Any, **_: Any) -> None:
    task.request.began = perf_counter()


@task_postrun.connect
def _end(task: Any, state: str | None = None, **_: Any) -> None:
    began = getattr(task.request, "began", None)
    if began is not None:
        TASKS.labels(task.name, (state or "unknown").lower()).observe(perf_counter() - began)
