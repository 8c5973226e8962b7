"""What stands between the server and Django: liveness, and lanes for requests.

Liveness is answered without Django, which looks after its database connections at each request.
"""

import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from prometheus_client import Counter

from contexts.shared.http.problems import CONTENT_TYPE, problem

ALIVE = "/healthz"
_PLAIN = "text/plain"
_RETRY_SECONDS = "5"
_PATIENCE_SECONDS = 3.0
_BUSY = "The service is busy. Try again in a moment."

REFUSED = Counter("busuu_requests_refused", "Requests refused because no lane came free.")

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Wsgi = Callable[..., Any]
Asgi = Callable[..., Awaitable[None]]


class _Response:
    """A response that ends when the server closes it; Django closes connections then."""

    def __init__(self, response: Any, ended: Callable[[], None]) -> None:
        self._response = response
        self._ended: Callable[[], None] | None = ended

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._response)

    def close(self) -> None:
        try:
            if close := getattr(self._response, "close", None):
                close()
        finally:
            self._end()

    def __del__(self) -> None:
        # A client that left may leave a response that nobody closes.
        self._end()

    def _end(self) -> None:
        ended, self._ended = self._ended, None
        if ended:
            ended()


class Lanes:
    """A WSGI application with a limited number of requests in `application` at a time.

    The server has more threads than there are lanes. A request waits for a lane as long as others
    leave theirs. If none is left for `patience` seconds, the service behind them is silent: then
    requests are refused at once, and a thread is always free to say that the process lives.
    """

    def __init__(self, application: Wsgi, *, lanes: int, patience: float) -> None:
        self._application = application
        self._patience = patience
        self._free = lanes
        self._changed = threading.Condition()
        self._last_progress = time.monotonic()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Any:
        if environ["PATH_INFO"] == ALIVE:
            return _answer(start_response, HTTPStatus.OK, b"ok", _PLAIN)
        if not self._enter():
            REFUSED.inc()
            return _refuse(start_response)
        try:
            return _Response(self._application(environ, start_response), self._leave)
        except BaseException:
            self._leave()
            raise

    def _enter(self) -> bool:
        with self._changed:
            while not self._free:
                left = self._last_progress + self._patience - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            self._free -= 1
            self._last_progress = time.monotonic()
            return True

    def _leave(self) -> None:
        with self._changed:
            self._free += 1
            self._last_progress = time.monotonic()
            self._changed.notify()


def in_lanes(application: Wsgi) -> Lanes:
    """Return the application with the lanes of the settings."""
    return Lanes(application, lanes=settings.WEB_LANES, patience=_PATIENCE_SECONDS)


def _answer(
    start_response: StartResponse,
    status: HTTPStatus,
    body: bytes,
    kind: str,
    *more: tuple[str, str],
) -> list[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), *more]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


def _refuse(start_response: StartResponse) -> list[bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    body = orjson.dumps(problem(status=status, code="unavailable", detail=_BUSY))
    # Its body was not read, so nothing can follow on this connection.
    more = ("Retry-After", _RETRY_SECONDS), ("Connection", "close")
    return _answer(start_response, status, body, CONTENT_TYPE, *more)


def with_liveness(application: Asgi) -> Asgi:
    """Return an ASGI application that says by itself that its process lives."""

    async def answering(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["path"] != ALIVE:
            await application(scope, receive, send)
            return
        headers = [(b"content-type", _PLAIN.encode()), (b"content-length", b"2")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"ok"})

    return answering
