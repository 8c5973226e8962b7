"""REST: every operation there is, and how it answers each role."""

from collections.abc import Callable, Iterator
from typing import Any

from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.integration.http.samples.call import Call
from tests.integration.http.world import CALLS, NOT_OURS
from tests.integration.roles.rows import Row
from tests.integration.roles.stage import ROLES, Stage, undone
from tests.integration.roles.telling import leaks

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
SAMPLES = {str(call): call for call in CALLS}
_PAGES = NOT_OURS | {"favicon.ico"}

# What must have happened before, so that the owner is told something.
BEFORE: dict[str, Callable[[Stage], None]] = {
    "GET erasure": Stage.wish_to_be_forgotten,
    "DELETE erasure": Stage.wish_to_be_forgotten,
}


def operations() -> Iterator[str]:
    """Every method of every route, beside pages and the admin."""
    for pattern in _patterns(get_resolver().url_patterns):
        name = str(pattern.name or pattern.pattern)
        if name not in _PAGES:
            yield from (f"{method} {name}" for method in _methods(pattern.callback))


def _patterns(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.app_name != "admin":
            yield from _patterns(pattern.url_patterns)


def _methods(view: Any) -> list[str]:
    if kind := getattr(view, "view_class", None):
        return [method for method in METHODS if hasattr(kind, method.lower())]
    # A plain view says itself what it takes.
    allowed = view(RequestFactory().options("/"))["Allow"].split(", ")
    return [method for method in METHODS if method in allowed]


def ask(stage: Stage, call: Call, role: str) -> Any:
    """The answer of a sample call to a role, without what it did."""
    with undone():
        if before := BEFORE.get(str(call)):
            before(stage)
        return stage.send(call, role)


def answers(stage: Stage, operation: str) -> tuple[Row, dict[str, set[str]]]:
    """The status that each role gets, and what it is told that it should not know."""
    asked = {role: ask(stage, SAMPLES[operation], role) for role in ROLES}
    row = {role: answer.status_code for role, answer in asked.items()}
    told = {
        role: leaks(stage, operation, role, answer.content.decode(errors="replace"))
        for role, answer in asked.items()
        if answer.status_code < 300 and not answer.streaming
    }
    return row, {role: what for role, what in told.items() if what}
