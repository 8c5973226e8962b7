import os
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

HOST = "127.0.0.1"
STOP_SECONDS = 2
# Requests that are answered while all streams are open.
SPARE_REQUESTS = 200


class Command(BaseCommand):
    help = "Serve the streams of a development machine. `serve` starts it by itself."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--with-parent", action="store_true", help="end when stdin closes")

    def handle(self, *, port: int, with_parent: bool, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("this is for development; see docs/operations.md to deploy")
        if with_parent:
            threading.Thread(target=_end_with_stdin, daemon=True).start()
        _serve(port)


def _end_with_stdin() -> None:
    """Stop this process when its standard input closes, which happens when the parent ends."""
    # sys.stdin has a lock, which processes forked meanwhile would inherit held.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "busuu.asgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        backpressure=settings.STREAMS_PER_PROCESS + SPARE_REQUESTS,
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        # Open streams never end by themselves.
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
