"""The Celery application: one queue per context, on the configured broker."""

import os
import sys
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from celery import Celery
from celery.signals import beat_init, celeryd_after_setup, task_prerun, worker_init
from django.core.management import CommandError
from django.db import close_old_connections
from kombu import Queue

CONTEXT_QUEUES = ("identity", "courses", "community", "tutoring", "billing")
DEFAULT_QUEUE = "default"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.local")

log = structlog.get_logger(__name__)

_shared: TemporaryDirectory[str] | None = None
if (
    "worker" in sys.argv
    and os.environ.get("METRICS_PORT")
    and not os.environ.get("PROMETHEUS_MULTIPROC_DIR")
):
    # Child processes count, and their parent serves the metrics. prometheus_client reads the
    # variable when it is imported, before Celery knows that this is a worker.
    _shared = TemporaryDirectory(prefix="busuu-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _shared.name

app = Celery("busuu")
# shared_task uses the current app, also in the threads of the embedded worker.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.update(
    task_queues=[Queue(name) for name in (*CONTEXT_QUEUES, DEFAULT_QUEUE)],
    task_default_queue=DEFAULT_QUEUE,
    task_serializer="orjson",
    accept_content=["orjson", "json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=4,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    broker_connection_retry_on_startup=True,
    # Celery would close database connections around each task; connecting costs more than the task.
    CELERY_DB_REUSE_MAX=1_000_000_000,
    beat_scheduler="busuu.beat:LeasedScheduler",
    beat_schedule={
        "messaging-sweep": {
            "task": "messaging.sweep",
            "schedule": 5.0,
            "options": {"expires": 5.0},
        },
        "messaging-purge": {
            "task": "messaging.purge",
            "schedule": 3600.0,
            "options": {"expires": 3600.0},
        },
        "mailing-sweep": {
            "task": "mailing.sweep",
            "schedule": 2.0,
            "options": {"expires": 2.0},
        },
        "mailing-purge": {
            "task": "mailing.purge",
            "schedule": 3600.0,
            "options": {"expires": 3600.0},
        },
        "identity-start-erasures": {
            "task": "identity.start_erasures",
            "schedule": 10.0,
            "options": {"expires": 10.0},
        },
        "identity-announce": {
            "task": "identity.announce",
            "schedule": 5.0,
            "options": {"expires": 5.0},
        },
        "community-sweep": {
            "task": "community.sweep",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "billing-sweep": {
            "task": "billing.sweep",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "billing-earn-revenue": {
            "task": "billing.earn_revenue",
            "schedule": 600.0,
            "options": {"expires": 600.0},
        },
        "billing-expire-credits": {
            "task": "billing.expire_credits",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "tutoring-sweep": {
            "task": "tutoring.sweep",
            "schedule": 60.0,
            "options": {"expires": 60.0},
        },
        "billing-purge": {
            "task": "billing.purge",
            "schedule": 3600.0,
            "options": {"expires": 3600.0},
        },
        "community-purge": {
            "task": "community.purge",
            "schedule": 3600.0,
            "options": {"expires": 3600.0},
        },
        "identity-purge": {
            "task": "identity.purge",
            "schedule": 3600.0,
            "options": {"expires": 3600.0},
        },
    },
)


@task_prerun.connect
def _leave_broken_connections(task: Any, **_: Any) -> None:
    """Close broken database connections before a task, as Django does before a request."""
    if not task.request.is_eager:
        close_old_connections()


@beat_init.connect
@worker_init.connect
def _refuse_what_is_wrong(**_: Any) -> None:
    from busuu.starting import refuse_what_is_wrong

    try:
        refuse_what_is_wrong()
    except CommandError as wrong:
        # Celery only logs what a receiver raises.
        raise SystemExit(str(wrong)) from None


@celeryd_after_setup.connect
def _settle(**_: Any) -> None:
    """Settle before the fork, so that the children share memory that does not change."""
    from busuu.starting import settle

    settle()


@worker_init.connect
def _show_metrics(**_: Any) -> None:
    """Serve metrics on METRICS_PORT if it is set; a worker has no other HTTP server."""
    if port := os.environ.get("METRICS_PORT"):
        from prometheus_client import start_http_server

        from busuu.probes import registry

        try:
            start_http_server(int(port), registry=registry())
        except (OSError, OverflowError, ValueError) as error:
            # The worker can do without. A second worker on one machine has to.
            log.warning("metrics_not_shown", port=port, reason=str(error))
