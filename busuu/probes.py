"""Probes for monitoring: alive, ready, and metrics."""

import hmac
import os
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.management.base import SystemCheckError
from django.db import Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from busuu import starting
from busuu.celery import app
from contexts.shared.database.failures.outages import is_outage
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.database.placement.replicas import answers
from contexts.shared.kernel import now
from contexts.shared.messaging import upkeep

_BROKER_SECONDS = 1
_READ_AT_HOME = "away; its primary answers"
_looking = Lock()
_seen: dict[str, str] = {}


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process runs."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the process can do its work, or 503 with the failing checks."""
    # One request checks at a time. A check that hangs must not block all threads.
    if _looking.acquire(blocking=False):
        try:
            _seen.update(_look())
        finally:
            _looking.release()
    ready = bool(_seen) and all(state in {"ok", _READ_AT_HOME} for state in _seen.values())
    return JsonResponse({"ready": ready, "checks": _seen}, status=200 if ready else 503)


def _look() -> dict[str, str]:
    found = {f"database:{alias}": _database(alias) for alias in all_aliases()}
    replicas = {f"replica:{alias}": _replica(alias) for alias in settings.REPLICAS.values()}
    return {**found, **replicas, "broker": _broker()}


def _replica(alias: str) -> str:
    try:
        _check(alias)
        return "ok" if answers(alias) else _READ_AT_HOME
    except Error as error:
        return _READ_AT_HOME if is_outage(error) else type(error).__name__
    except SystemCheckError as error:
        return type(error).__name__


def _check(alias: str) -> None:
    if alias in starting.unchecked:
        starting.check_database(alias)


def _database(alias: str) -> str:
    try:
        _check(alias)
        executor = MigrationExecutor(connections[alias])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:
        return type(error).__name__
    return f"{len(pending)} migrations pending" if pending else "ok"


def _broker() -> str:
    try:
        with app.connection_for_write(connect_timeout=_BROKER_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, timeout=_BROKER_SECONDS)
    except Exception as error:
        return type(error).__name__
    return "ok"


def metrics(request: HttpRequest) -> HttpResponse:
    """Return Prometheus metrics. Outside development they need METRICS_TOKEN as bearer token."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    allowed = settings.DEVELOPMENT or (
        settings.METRICS_TOKEN and hmac.compare_digest(token, settings.METRICS_TOKEN)
    )
    if not allowed:
        return HttpResponse("not for you\n", status=403, content_type="text/plain")
    return HttpResponse(generate_latest(registry()), content_type=CONTENT_TYPE_LATEST)


def registry() -> CollectorRegistry:
    """Return the metrics of this process, or of all that share PROMETHEUS_MULTIPROC_DIR."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    shared.register(BacklogCollector())
    return shared


class BacklogCollector:
    """Depth, age and dead letters of the event pipeline, read at each scrape.

    Databases that do not answer are omitted.
    """

    def collect(self) -> Any:
        deliveries = _behind("busuu_deliveries", upkeep.backlog)
        return [*deliveries, *_behind("busuu_stream", upkeep.stream_backlog)]

    def describe(self) -> Any:
        """Return nothing, because registering must not query the database."""
        return []


def _behind(name: str, backlog: Callable[..., upkeep.Backlog]) -> list[GaugeMetricFamily]:
    open_ = GaugeMetricFamily(f"{name}_open", "Not yet handled.", labels=["alias"])
    dead = GaugeMetricFamily(f"{name}_dead", "Given up on.", labels=["alias"])
    lag = GaugeMetricFamily(f"{name}_lag_seconds", "Oldest open.", labels=["alias"])
    for alias in all_aliases():
        try:
            behind = backlog(using=alias, at=now())
        except Error:
            # /readyz names the database. The other metrics are needed all the more then.
            continue
        open_.add_metric([alias], behind.open)
        dead.add_metric([alias], behind.dead)
        lag.add_metric([alias], behind.lag.total_seconds())
    return [open_, dead, lag]
