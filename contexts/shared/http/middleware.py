"""Middleware: an id, a log line and metrics for every request; sessions and CSP for pages."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from contexts.shared import tracing
from contexts.shared.database.placement import replicas
from contexts.shared.database.placement.aliases import all_aliases
from contexts.shared.http import lagging, metrics
from contexts.shared.http.problems import bad_request, unavailable
from contexts.shared.kernel import new_id

log = structlog.get_logger("busuu.request")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
HEADER = "X-Request-ID"
_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = _request_id(request)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        statements, parent = _Statements(), request.headers.get("traceparent", "")
        with (
            tracing.span(request.method or "", kind="SERVER", parent=parent) as span,
            statements.counted(),
            replicas.request() as reading,
        ):
            response = self._respond(request)
            lagging.remember(reading)
            _name(span, request, response, request_id)
        response[HEADER] = request_id
        seconds = time.perf_counter() - started
        _note(request, response, seconds=seconds, statements=statements.count)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request, error)

    def _respond(self, request: HttpRequest) -> HttpResponse:
        # No column of ours may hold NUL, so no address or parameter can mean one.
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            # The thread still has the language of an earlier request.
            with translation.override(translation.get_language_from_request(request)):
                return bad_request(request, ValueError("NUL"))
        return self.get_response(request)


class _Statements:
    """Counts the SQL statements of a request."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        return execute(sql, params, many, context)

    @contextmanager
    def counted(self) -> Iterator[None]:
        with ExitStack() as watched:
            for alias in (*all_aliases(), *settings.REPLICAS.values()):
                watched.enter_context(connections[alias].execute_wrapper(self))
            yield


def _request_id(request: HttpRequest) -> str:
    sent = request.headers.get(HEADER, "")
    return sent if _REQUEST_ID.fullmatch(sent) else str(new_id())


def _name(
    span: tracing.Span, request: HttpRequest, response: HttpResponse, request_id: str
) -> None:
    route = _route(request)
    span.update_name(f"{request.method} {route}")
    span.set_attribute("http.request.method", request.method or "")
    span.set_attribute("http.route", route)
    span.set_attribute("http.response.status_code", response.status_code)
    span.set_attribute("request_id", request_id)


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.route if match else "unmatched"


def _method(request: HttpRequest) -> str:
    # A client may send any method name, and a metric would hold each name until the process ends.
    return request.method if request.method in _METHODS else "other"


def _note(request: HttpRequest, response: HttpResponse, *, seconds: float, statements: int) -> None:
    route, method = _route(request), _method(request)
    metrics.REQUESTS.labels(method, route, response.status_code).inc()
    metrics.SECONDS.labels(method, route).observe(seconds)
    metrics.STATEMENTS.labels(method, route).observe(statements)
    log.info(
        "request",
        method=request.method,
        route=route,
        status=response.status_code,
        milliseconds=round(seconds * 1000, 1),
        statements=statements,
    )


class PagesOnly:
    """Skips a middleware for the API, which has tokens instead of sessions and shows no page."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(_API):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


_API = ("/api/v1/", "/graphql")


class PageSessions(PagesOnly, SessionMiddleware):
    pass


class PageMessages(PagesOnly, MessageMiddleware):
    pass


class PagePolicy(PagesOnly, CSPMiddleware):
    pass
