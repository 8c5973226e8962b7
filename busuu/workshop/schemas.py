"""The committed schemas that others build on: REST, GraphQL and events."""

import difflib
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

from busuu import rest
from busuu.schema import schema as graphql_schema
from contexts.shared.kernel import Event
from contexts.shared.messaging.registry import all_events

# drf-spectacular has no types.
_validate: Any = validate_schema
_renderer: Any = OpenApiYamlRenderer


class SchemaWarning(RuntimeError):
    """The generator warned, so the OpenAPI file would be wrong."""


def openapi() -> str:
    """Return OpenAPI 3.1. Raises SchemaWarning if the generator warned."""
    GENERATOR_STATS.reset()
    described = rest.described()
    if GENERATOR_STATS:
        GENERATOR_STATS.emit_summary()
        raise SchemaWarning("the OpenAPI generator warned")
    _validate(described)
    rendered: bytes = _renderer().render(described, renderer_context={})
    return rendered.decode()


def graphql() -> str:
    return f"{graphql_schema}\n"


def events() -> str:
    """Return each event class with its subject and its fields with their types, as JSON."""
    described = {name: _event(cls) for name, cls in all_events().items() if _is_ours(cls)}
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(described, option=options).decode()


def _event(cls: type[Event]) -> dict[str, Any]:
    types = typing.get_type_hints(cls)
    return {
        "subject": cls.subject,
        "fields": {field.name: _type_name(types[field.name]) for field in fields(cls)},
    }


def _type_name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)


def _is_ours(cls: type[Event]) -> bool:
    # Tests bring events of their own.
    return cls.__module__.startswith("contexts.")


FILES: Mapping[str, Callable[[], str]] = {
    "openapi.yaml": openapi,
    "schema.graphql": graphql,
    "events.json": events,
}


def folder() -> Path:
    return Path(settings.BASE_DIR) / "docs"


def write() -> list[str]:
    """Write the files that differ. Returns their names. Raises BrokenPromise before it writes."""
    broken = broken_events()
    if broken:
        raise BrokenPromise("; ".join(broken))
    changed = [name for name in FILES if diff(name)]
    for name in changed:
        (folder() / name).write_text(FILES[name](), encoding="utf-8")
    return changed


def diff(name: str) -> str:
    """Return the diff from the committed file to the code. Empty if it is up to date."""
    committed = _committed(name)
    lines = difflib.unified_diff(
        committed.splitlines(keepends=True),
        FILES[name]().splitlines(keepends=True),
        f"docs/{name} (committed)",
        f"docs/{name} (the code)",
    )
    return "".join(lines)


def _committed(name: str) -> str:
    path = folder() / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


class BrokenPromise(RuntimeError):
    """A published event changed in place; it needs a new version beside the old one."""


def broken_events() -> list[str]:
    """Return what breaks consumers of the committed events. Additions do not."""
    return breaks(orjson.loads(_committed("events.json") or "{}"), orjson.loads(events()))


def breaks(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return what of `before` is gone or has another type in `after`."""
    found = []
    for name, event in before.items():
        now = after.get(name)
        if now is None:
            found.append(f"{name} is gone")
            continue
        if now["subject"] != event["subject"]:
            found.append(f"{name} is about {now['subject']}, not {event['subject']}")
        for field, kind in event["fields"].items():
            if now["fields"].get(field) != kind:
                found.append(f"{name}.{field} was {kind}, is {now['fields'].get(field, 'gone')}")
    return found
