"""Requests through Django's WSGI handler, in this process: all of Django, no socket."""

from collections.abc import Callable
from io import BytesIO
from itertools import cycle
from typing import Any

import orjson
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings

from tests.benchmarks.data import Learner

Environ = dict[str, Any]
Body = Callable[[Learner], Any]


def full_stack() -> WSGIHandler:
    """Return our application with all its middleware."""
    return WSGIHandler()


def no_middleware() -> WSGIHandler:
    """Return the handler of the bare and the stock views."""
    with override_settings(MIDDLEWARE=[]):
        return WSGIHandler()


def get(path: str, learner: Learner) -> Environ:
    return _environ(RequestFactory().get(path, HTTP_AUTHORIZATION=f"Bearer {learner.token}"))


def post(path: str, learner: Learner) -> Environ:
    token = {"HTTP_AUTHORIZATION": f"Bearer {learner.token}"}
    return _environ(RequestFactory().post(path, content_type="application/json", **token))


def call(handler: WSGIHandler, environ: Environ, body: bytes = b"") -> bytes:
    """Send a request. Raises AssertionError unless the answer is 200."""
    statuses: list[str] = []
    sent = {**environ, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
    response = handler(sent, lambda status, _headers, _info=None: statuses.append(status))
    content = b"".join(response)
    response.close()
    assert statuses[0].startswith("200"), (statuses, content[:500])
    return content


def getting(handler: WSGIHandler, path: str, learners: list[Learner]) -> Callable[[], bytes]:
    """Return a call that asks for the next learner each time.

    `path` may contain `{learner}` and `{enrollment}`.
    """
    environs = cycle([get(_path(path, learner), learner) for learner in learners])
    return lambda: call(handler, next(environs))


def posting(
    handler: WSGIHandler, path: str, learners: list[Learner], body: Body
) -> Callable[[], bytes]:
    """Return a call like `getting`, with a new body each time."""
    environs = cycle([(post(_path(path, learner), learner), learner) for learner in learners])

    def run() -> bytes:
        environ, learner = next(environs)
        return call(handler, environ, orjson.dumps(body(learner)))

    return run


def _path(path: str, learner: Learner) -> str:
    return path.format(learner=learner.id, enrollment=learner.enrollment)


def _environ(request: Any) -> Environ:
    return {key: value for key, value in request.environ.items() if key != "wsgi.input"}
