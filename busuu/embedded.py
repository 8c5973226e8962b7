"""Worker and scheduler as threads of the web process, for machines without a broker.

The durable queue is the open deliveries in the database. The in-memory broker only carries them
to the threads, so nothing is lost when the process ends.
"""

import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.util import Finalize
from typing import Any

import structlog
from celery.concurrency.thread import TaskPool
from django.core.wsgi import get_wsgi_application

from busuu.serving import in_lanes
from busuu.starting import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "busuu.settings.local")

log = structlog.get_logger(__name__)

WORKER_THREADS = 2

_leaving = threading.Event()


class _Pool(TaskPool):
    """Threads that take no work while the process ends. The delivery stays open."""

    def on_apply(self, *args: Any, **options: Any) -> Any:
        try:
            return super().on_apply(*args, **options)
        except RuntimeError:
            if not _leaving.is_set():
                raise
            return None


def build() -> Any:
    """Return the WSGI application and start its worker. Called once, in the serving process."""
    application = in_lanes(get_wsgi_application())
    start()
    settle()
    return application


def start() -> None:
    from busuu.celery import app
    from contexts.community import api as community
    from contexts.shared.database.placement.aliases import all_aliases
    from contexts.shared.messaging import upkeep, wake

    for alias in all_aliases():
        upkeep.reopen_claimed(using=alias)
    Finalize(None, _leaving.set, exitpriority=0)
    _in_thread("worker", lambda: _worker(app))
    _in_thread("beat", lambda: _beat(app))
    wake.relay()
    # Loads the models now; otherwise the first text would wait a second or two.
    _in_thread("drafts", community.prepare_drafts)


def _in_thread(name: str, run: Callable[[], None]) -> None:
    def deaf() -> None:
        # The main thread must get Ctrl-C: it wakes only for a signal of its own.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        run()

    threading.Thread(target=deaf, name=name, daemon=True).start()


def _worker(app: Any) -> None:
    controller = app.WorkController(
        pool=_Pool,
        concurrency=WORKER_THREADS,
        without_heartbeat=True,
        without_gossip=True,
        without_mingle=True,
        loglevel="WARNING",
        hostname="embedded@localhost",
    )
    controller.start()


def _beat(app: Any) -> None:
    app.Beat(
        scheduler_cls="celery.beat:Scheduler", loglevel="WARNING", quiet=True
    ).start_scheduler()
