"""One trace from a request through its events to their subscribers (W3C trace context).

Spans do nothing unless `busuu.tracing` switches them on, which needs OpenTelemetry and a
collector.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


class Span(Protocol):
    """An open span."""

    def update_name(self, name: str) -> None: ...

    def set_attribute(self, key: str, value: Any) -> Any: ...


class _Nothing:
    def update_name(self, name: str) -> None:
        return None

    def set_attribute(self, key: str, value: Any) -> None:
        return None


_NOTHING = _Nothing()
_tracer: Any = None


def switch_on(tracer: Any) -> None:
    """Send spans to an OpenTelemetry tracer, to none with None."""
    global _tracer  # noqa: PLW0603 - one per process
    _tracer = tracer


@contextmanager
def span(name: str, *, kind: str = "INTERNAL", parent: str = "", **about: Any) -> Iterator[Span]:
    """Open a span for the block. Records an exception that leaves it.

    `kind` is a SpanKind of OpenTelemetry, `parent` a traceparent or empty.
    """
    if _tracer is None:
        yield _NOTHING
        return
    from opentelemetry import propagate
    from opentelemetry.trace import SpanKind

    known = propagate.extract({"traceparent": parent}) if is_traceparent(parent) else None
    with _tracer.start_as_current_span(
        name, context=known, kind=SpanKind[kind], attributes=about
    ) as opened:
        yield opened


def traceparent() -> str:
    """Return the traceparent of the open span, empty without one."""
    if _tracer is None:
        return ""
    from opentelemetry import propagate

    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent", "")


def is_traceparent(text: str) -> bool:
    return _TRACEPARENT.fullmatch(text) is not None
