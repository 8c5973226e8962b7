"""The process's relay thread. A commit wakes it, so that no request waits for the broker."""

import os
import threading

import structlog
from django.conf import settings
from django.db import connections

log = structlog.get_logger(__name__)

_PAUSE_AFTER_ERROR_SECONDS = 1.0

_woken = threading.Event()
_starting = threading.Lock()
_thread: threading.Thread | None = None
_thread_pid = 0


def relay() -> None:
    """Wake the relay thread. Returns at once."""
    if settings.MESSAGING_RELAY != "thread":
        return
    _ensure_thread()
    _woken.set()


def _ensure_thread() -> None:
    # A forked child inherits the variable, not the thread.
    global _thread, _thread_pid  # noqa: PLW0603 - one thread a process
    if _thread and _thread.is_alive() and _thread_pid == os.getpid():
        return
    with _starting:
        if _thread and _thread.is_alive() and _thread_pid == os.getpid():
            return
        _thread = threading.Thread(target=_run, name="relay", daemon=True)
        _thread_pid = os.getpid()
        _thread.start()


def _run() -> None:
    from contexts.shared.messaging.relay import relay_all

    pause = threading.Event()
    while True:
        _woken.wait()
        _woken.clear()
        try:
            relay_all()
        except Exception:
            # The sweep sends the rest. A broken broker must not make this thread spin.
            log.exception("relay_failed")
            connections.close_all()
            pause.wait(_PAUSE_AFTER_ERROR_SECONDS)
