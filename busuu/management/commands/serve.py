import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from busuu import startup
from busuu.workshop import demo, language_tools
from contexts.shared.kernel import now

HOST = "127.0.0.1"
# Threads that are free for /healthz while all lanes wait.
SPARE_THREADS = 2
STOP_SECONDS = 3


class Command(BaseCommand):
    help = "Set everything up and serve web, API, worker and scheduler in one process group."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", default=startup.default_port(), help="default: PORT, or 8000")

    def handle(self, *, port: str, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("this is for development; see docs/operations.md to deploy")
        number = _port(port)
        try:
            self._set_up(number)
        except KeyboardInterrupt:
            raise CommandError(
                "stopped while setting up; run it again to go on", returncode=130
            ) from None
        settings.STREAMS_URL = f"http://{HOST}:{number + 1}"
        with suppress(KeyboardInterrupt), _streams(number + 1):
            _serve(number)

    def _set_up(self, port: int) -> None:
        startup.check_port(HOST, port)
        # After a server was killed, its streams need a moment to end.
        of = f", for the streams beside PORT={port},"
        startup.check_port(HOST, port + 1, of=of, patience=STOP_SECONDS * 2)
        startup.check_writable(settings.VAR_DIR)
        for step in chain(startup.migrate(now=now()), startup.load_content()):
            self.stdout.write(f"… {step}")
            self.stdout.flush()
        connections.close_all()
        self.stdout.write(_welcome(port))
        self.stdout.flush()


def _port(given: str) -> int:
    if not given.isascii() or not given.isdecimal() or not 0 < int(given) < 65_535:
        raise CommandError(f"PORT={given} is not a port")
    return int(given)


def _welcome(port: int) -> str:
    url = f"http://{HOST}:{port}"
    tools = language_tools.dictionaries().summary.replace("\n", "\n  ")
    people = "\n".join(f"    {person.email:22} {person.about}" for person in demo.PEOPLE)
    return f"""
Busuu Open is running at {url}

    {url}/            start page
    {url}/api/docs    the REST API
    {url}/graphql     the GraphQL API
    {url}/admin/      for staff

  Sign in as (password {demo.PASSWORD}):
{people}

  Mail is written to {startup.mail_folder()}
  {tools}
  Next, in another terminal:  make journey{"" if port == 8000 else f"  (with PORT={port})"}
  Ctrl-C stops everything.
"""


@contextmanager
def _streams(port: int) -> Iterator[None]:
    """Run the streams process. It ends with this process, because it watches a pipe."""
    command = [sys.argv[0], "streams", "--with-parent", "--port", str(port)]
    # Only this process gets Ctrl-C. The other would print tracebacks while it starts.
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, *command], stdin=subprocess.PIPE, start_new_session=True
    )
    try:
        yield
    finally:
        process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(timeout=STOP_SECONDS * 2)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # The serving process is forked from this one. Its mails link to itself.
    settings.PUBLIC_URL = f"http://{HOST}:{port}"
    server = Granian(
        "busuu.embedded:build",
        factory=True,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.WEB_LANES + SPARE_THREADS,
        log_access=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        # A signal on another thread of the worker does not wake its main thread.
        workers_kill_timeout=STOP_SECONDS,
    )
    _announce_stopping(server)
    server.serve()


def _announce_stopping(server: Any) -> None:
    """Say at once that the server stops: ending its work may take seconds."""
    interrupt = server.signal_handler_interrupt

    def stopping(*arguments: Any) -> None:
        if not server.interrupt_signal:
            # A print is buffered, and may be interrupted in its own lock.
            os.write(2, b"\nStopping. This takes up to five seconds.\n")
        interrupt(*arguments)

    server.signal_handler_interrupt = stopping
