"""Every field and parameter that an operation takes has an effect.

Another value must change the statements, the answer or a domain's refusal. What does not is taken
and dropped.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from busuu import rest
from tests.factories.tutoring import on_the_hour
from tests.integration.http.checks import API_CALLS, PATHS, each, parameters
from tests.operations.billing import receive_webhook
from tests.operations.checks import watched
from tests.operations.platform import graphql
from tests.operations.record import Operation
from tests.operations.world import World, undone

pytestmark = pytest.mark.django_db

SCHEMAS: dict[str, Any] = rest.described()["components"]["schemas"]
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")
# Instants of today, hashes, tokens, and numbers of a sequence, which no rollback takes back: they
# differ each time.
CHANCE = re.compile(
    r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?|argon2[^'\"]*|eyJ[\w.-]+|[0-9a-f]{64}"
    r"|[\"`]id[\"`] = \d+|[a-z_]+:[0-9a-f]{32}|:\w{6}:|[\w-]{43}|\d{10}\.\d+|[a-z]+_[0-9a-f]{24,32}"
)
# A password leaves only its hash, and a device's token counts only if we have signed it. Signing
# in with both is tested.
HASHED = {"password", "new_password", "device_token"}
TEXTS = (
    "Another text",
    "en-AU",
    "fr",
    "Europe/Paris",
    "FR",
    "flexible.v1",
    "nobody@example.org",
    "hello.e.card",
)
SOON = on_the_hour(days=8)
INSTANTS = ("2031-05-04T10:00:00Z", SOON.isoformat())


def schema_of(schema: Any) -> Any:
    """The schema behind references, descriptions and null."""
    if "$ref" in schema:
        return schema_of(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    for several in ("allOf", "oneOf"):
        if kept := [one for one in schema.get(several, ()) if not _is_empty(one)]:
            return schema_of(kept[0]) if len(kept) == 1 else schema
    return schema


def _is_empty(schema: Any) -> bool:
    """Whether the schema allows only null, or only the empty text."""
    found = schema_of(schema)
    return (
        found.get("type") == "null"
        or found.get("maxLength") == 0
        or found.get("enum") in ([""], [None], ["", None])
    )


def others(schema: Any, value: Any) -> Iterator[Any]:
    """Other values of the schema's type. One of them should be sensible."""
    schema = schema_of(schema)
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if "enum" in schema:
        yield from (one for one in schema["enum"] if one not in (value, None, ""))
    elif kind == "boolean":
        yield from (not value, value is None)
    elif kind in {"integer", "number"}:
        low = schema.get("minimum", 0)
        yield from (n for n in ((value or low) + 1, low + 15, low + 60) if n != value)
    elif schema.get("format") == "date-time":
        yield from INSTANTS
    elif schema.get("format") == "date":
        yield "2031-05-04"
    elif schema.get("format") == "uuid":
        yield "01890000-0000-7000-8000-00000000abcd"
    elif kind == "string":
        yield from (text for text in (*TEXTS, "11:30", "tiny") if text != value)


def changed(schema: Any, value: Any, at: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield each field below, with whole values in which only this field is another."""
    schema = schema_of(schema)
    if "properties" in schema and isinstance(value, dict):
        for name, inner in schema["properties"].items():
            for place, values in changed(inner, value.get(name), f"{at}/{name}"):
                yield place, [{**value, name: one} for one in values]
    elif schema.get("type") == "array":
        for place, values in changed(schema["items"], (value or [None])[0], f"{at}/0"):
            yield place, [[one, *(value or [])[1:]] for one in values]
    elif "oneOf" in schema:
        yield at, [{"text": "x"}, {"choice": "hola"}]
    else:
        yield at, list(others(schema, value))


def trace(world: World, call: Operation, raw: bytes, query: str = "") -> tuple[int, str]:
    """The status, and all that a request leaves, without what differs each time."""
    with undone():
        world.prepare(call)
        response, statements = watched(
            lambda: world.send(call, raw, url=f"{call.url()}?{query}".rstrip("?")),
            known=not call.is_public,
        )
    whole = "\n".join([*statements, response.content.decode(errors="replace")])
    if response.status_code == 400:
        return 400, response.content.decode()
    # SQLite writes ids without hyphens, the others with them.
    known = (raw.decode() + query).replace("-", "")
    hidden = UUID.sub(
        lambda m: m[0] if m[0].replace("-", "") in known else "id", CHANCE.sub("", whole)
    )
    return response.status_code, hidden


BODIES = tuple(
    call
    for call in API_CALLS
    if call.body and call not in {graphql, receive_webhook} and call.address in PATHS
)


class TestAField:
    @each(BODIES)
    def test_has_an_effect(self, call: Operation, world: World) -> None:
        operation = PATHS[call.address][call.method.lower()]
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        sample = world.body(call)
        plain = trace(world, call, json.dumps(sample).encode())
        assert plain == trace(world, call, json.dumps(sample).encode())

        dropped = []
        for place, values in changed(schema, sample):
            found = [trace(world, call, json.dumps(value).encode()) for value in values]
            if place.split("/")[1] not in HASHED and not any(
                status != 400 and (status, rest_) != plain for status, rest_ in found
            ):
                dropped.append((place, found))

        assert dropped == []


class TestAParameter:
    @each(tuple(call for call in API_CALLS if call.method == "GET" and parameters(call)))
    def test_has_an_effect(self, call: Operation, world: World) -> None:
        described = PATHS[call.address]["get"]["parameters"]
        schemas = {one["name"]: one["schema"] for one in described if one["in"] == "query"}
        sample = {name: value for name, value in world.sample(call).items() if name in schemas}
        plain = trace(world, call, b"", urlencode(sample))

        dropped = []
        # A cursor is made by the server; tests of paging follow it.
        for name in schemas.keys() - {"cursor"}:
            values = list(others(schemas[name], sample.get(name)))
            found = [trace(world, call, b"", urlencode({**sample, name: v})) for v in values]
            if all(one[0] == 400 or one == plain for one in found):
                dropped.append((name, found))

        assert dropped == []
