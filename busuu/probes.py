"""Probes for monitoring: alive, ready, and metrics."""

import hmac
import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from busuu import readiness
from busuu.version import VERSION
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.kernel import now
from contexts.shared.messaging import upkeep

_look = readiness.Look()


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process runs."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 if the process can do its work, or 503 with the failing checks."""
    checks = _look.latest()
    ready = readiness.is_ready(checks)
    body = {"ready": ready, "version": VERSION, "checks": checks}
    return JsonResponse(body, status=200 if ready else 503)


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
