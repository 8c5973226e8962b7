import os
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

HOST = "127.0.0.1"
STOP_SECONDS = 2


class Command(BaseCommand):
    help = "Serve the streams of a development machine; `serve` starts this beside the rest."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--with-parent", action="store_true", help="end when stdin does")

    def handle(self, *, port: int, with_parent: bool, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("this is for development; docs/operations.md says how to deploy")
        if with_parent:
            threading.Thread(target=_end_with_stdin, daemon=True).start()
        _serve(port)


def _end_with_stdin() -> None:
    """However the parent ends, its end of our standard input is closed with it."""
    # Not by sys.stdin: its lock would be held in every process that is forked meanwhile.
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
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        # Open streams do not end by themselves.
        workers_kill_timeout=STOP_SECONDS,
    ).serve()
