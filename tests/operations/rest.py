"""The URL map: the operations that the project serves, as records write them."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

_PLACE, _BRACES = re.compile(r"<(?:\w+:)?(\w+)>"), r"{\1}"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def served(*, but: Collection[str]) -> set[str]:
    """Each operation as method and address: `GET /api/v1/courses/{course}`.

    `but` names routes that are pages.
    """
    return {
        f"{method} /{_PLACE.sub(_BRACES, address)}"
        for address, pattern in routes()
        if str(pattern.name or pattern.pattern) not in but
        for method in methods(pattern.callback)
    }


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route outside the admin, with its address."""
    yield from _routes("", get_resolver().url_patterns)


def _routes(start: str, patterns: list[Any]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = f"{start}{pattern.pattern}"
        if isinstance(pattern, URLPattern):
            yield address, pattern
        elif isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            yield from _routes(address, pattern.url_patterns)


def methods(view: Any) -> list[str]:
    if kind := getattr(view, "view_class", None):
        return [method for method in METHODS if hasattr(kind, method.lower())]
    # A plain view names its methods itself.
    allowed = view(RequestFactory().options("/"))["Allow"].split(", ")
    return [method for method in METHODS if method in allowed]
