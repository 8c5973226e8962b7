"""Stripe's API on a local port: scripted answers in its shapes, and a record of the requests."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import override_settings

from tests import needs

stripe = pytest.importorskip("stripe", reason=needs.STRIPE)

DROPPED, SILENT = "dropped", "silent"


def error(status: int, kind: str, code: str = "", **more: Any) -> tuple[int, dict[str, Any]]:
    """Return an error as Stripe answers it."""
    return status, {"error": {"type": kind, "code": code, "message": "No.", **more}}


DECLINED = error(402, "card_error", "card_declined", decline_code="insufficient_funds")
BUSY = error(429, "invalid_request_error", "rate_limit")
BROKEN = error(500, "api_error")
UNPAID_BILL = error(401, "invalid_request_error")
GONE = error(404, "invalid_request_error", "resource_missing")
# Each way in which Stripe is no help. None of them says that nothing has happened.
FAILURES = {
    "rate limit": BUSY,
    "server error": BROKEN,
    "wrong key": UNPAID_BILL,
    "connection lost": DROPPED,
    "no answer in time": SILENT,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: `POST /v1/refunds`, its form, and its Idempotency-Key."""

    call: str
    form: dict[str, str]
    key: str


@dataclass
class StripeServer:
    """`answers` are by call; the last one of a list stays. Bodies count as status 200."""

    address: str
    answers: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    requests: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def on(self, call: str, *answers: Any) -> None:
        self.answers[call] = list(answers)

    def asked(self, call: str) -> list[Asked]:
        return [one for one in self.requests if one.call == call]

    def calls(self) -> list[str]:
        """Return what was written, in order."""
        return [one.call for one in self.requests if one.call.startswith("POST")]

    def next_answer(self, call: str) -> Any:
        known = self.answers.get(call)
        if not known:
            return GONE
        return known.pop(0) if len(known) > 1 else known[0]


@contextmanager
def serving() -> Iterator[StripeServer]:
    """Serve on a free port of this machine."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server = StripeServer(f"http://127.0.0.1:{http.server_address[1]}")
    http.stripe = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        http.shutdown()
        http.server_close()
        thread.join()


def on_the_sandbox() -> Any:
    """Let purchases begin on the sandbox meanwhile."""
    return override_settings(BILLING={**settings.BILLING, "PROVIDER": "sandbox"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    def do_DELETE(self) -> None:
        self._answer("DELETE")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answer(self, method: str) -> None:
        server: StripeServer = self.server.stripe  # type: ignore[attr-defined]
        path = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        asked = Asked(
            call=f"{method} {path.path}",
            form=dict(parse_qsl(body or path.query)),
            key=self.headers.get("Idempotency-Key") or "",
        )
        server.requests.append(asked)
        answer = server.next_answer(asked.call)
        if answer == DROPPED:
            self.close_connection = True
            return
        if answer == SILENT:
            server.over.wait(30)
            self.close_connection = True
            return
        status, content = answer if isinstance(answer, tuple) else (200, answer)
        raw = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)
