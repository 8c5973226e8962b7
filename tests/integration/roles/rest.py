"""REST: every operation there is, and how it answers each role."""

from collections.abc import Callable, Iterator
from typing import Any

from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.integration.http.world import CALLS, NOT_OURS
from tests.integration.roles.rows import Answers
from tests.integration.roles.stage import Stage
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
    for pattern in patterns(get_resolver().url_patterns):
        name = str(pattern.name or pattern.pattern)
        if name not in _PAGES:
            yield from (f"{method} {name}" for method in _methods(pattern.callback))


def patterns(of: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Every route beside the admin's."""
    for pattern in of:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.app_name != "admin":
            yield from patterns(pattern.url_patterns)


def _methods(view: Any) -> list[str]:
    if kind := getattr(view, "view_class", None):
        return [method for method in METHODS if hasattr(kind, method.lower())]
    # A plain view says itself what it takes.
    allowed = view(RequestFactory().options("/"))["Allow"].split(", ")
    return [method for method in METHODS if method in allowed]


def ask(stage: Stage, operation: str, role: str) -> Any:
    """The answer to a sample call by somebody of a role."""
    if before := BEFORE.get(operation):
        before(stage)
    return stage.send(SAMPLES[operation], role)


def answers(stage: Stage, operation: str) -> Answers:
    """What each role gets."""
    asked, moved = stage.ask_all(lambda role: ask(stage, operation, role))
    told = {
        role: leaks(stage, operation, role, answer.content.decode(errors="replace"))
        for role, answer in asked.items()
        if answer.status_code < 300
    }
    return Answers(
        row={role: answer.status_code for role, answer in asked.items()},
        told={role: what for role, what in told.items() if what},
        moved=moved,
    )
