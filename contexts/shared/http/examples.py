"""Examples of bodies, answers and parameters, derived from their schemas.

Names of fields decide texts that a schema does not describe: a `time_zone` is an IANA name.
"""

import re
from collections.abc import Mapping
from typing import Any

_ID = "0198a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b"
_BY_FORMAT: Mapping[str, Any] = {
    "uuid": _ID,
    "date-time": "2030-01-31T12:00:00Z",
    "date": "2030-01-31",
    "email": "ana@example.org",
    "uri": "https://busuu.example/api/v1/courses?cursor=cD1lcw%3D%3D",
    "uri-reference": "about:blank",
    "double": 0.9,
}
_BY_NAME: Mapping[str, Any] = {
    "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
    "amount": 1299,
    "authors": "The course team",
    "code": "FREE-WEEK",
    "country": "ES",
    "course": "es-from-en",
    "currency": "EUR",
    "day": "2030-01-31",
    "display_name": "Ana",
    "end": "12:00",
    "exercise": "hello.e.choice",
    "grid_minutes": 30,
    "introduction": "I have taught Spanish for ten years.",
    "key": "hello.e.choice",
    "language": "es",
    "languages": "es",
    "lesson": "hello.l.greet",
    "lesson_minutes": 60,
    "license": "CC-BY-4.0",
    "name": "Ana",
    "native": "en",
    "native_languages": "en",
    "number": 1,
    "password": "a good long passphrase",
    "product": "premium-monthly",
    "provider": "stripe",
    "reason": "“Cat” is countable.",
    "start": "09:00",
    "status": 400,
    "subject": _ID,
    "text": "Tengo un gato.",
    "time_zone": "Europe/Madrid",
    "title": "Bad Request",
    "to": "es",
    "token": "0198a3c4.c2VjcmV0",
    "refresh_token": "0198a3c4.c2VjcmV0",
    "unit": "hello",
    "url": "https://busuu.example/billing/checkouts",
    "weekday": 1,
    "word": "hello.w.hola",
}
# Ids, codes and clock times, for patterns.
_PATTERNED = ("hello.w.hola", "hello.e.choice", "hello.l.greet", "hello", "ES", "EUR", "09:00")
_DEEPEST = 12


def add_examples(result: dict[str, Any]) -> None:
    """Give each body, answer and parameter of the description an example, unless it has one."""
    schemas = result["components"]["schemas"]
    for methods in result["paths"].values():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                if "example" not in parameter and "{" not in parameter["name"]:
                    found = _example(parameter["schema"], schemas, parameter["name"])
                    parameter["example"] = found
            bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
            for body in bodies:
                for kind, content in body.get("content", {}).items():
                    if kind == "application/json" and "example" not in content:
                        content["example"] = _example(content["schema"], schemas, "")


def _example(schema: Any, schemas: Mapping[str, Any], name: str, depth: int = 0) -> Any:
    schema = _resolved(schema, schemas)
    if "example" in schema:
        return schema["example"]
    if "enum" in schema:
        return next(value for value in schema["enum"] if value not in ("", None))
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        return _object(schema, schemas, depth)
    if kind == "array":
        return [_example(schema["items"], schemas, name, depth + 1)] if depth < _DEEPEST else []
    return _text(schema, name) if kind == "string" else _value(schema, kind, name)


def _resolved(schema: Any, schemas: Mapping[str, Any]) -> Any:
    """Return the schema behind references and unions; of a union, its first part."""
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return _resolved(schema[several][0], schemas)
    return schema


def _object(schema: Any, schemas: Mapping[str, Any], depth: int) -> Any:
    if properties := schema.get("properties"):
        return {
            field: _example(inner, schemas, field, depth + 1)
            for field, inner in properties.items()
            if depth < _DEEPEST or field in schema.get("required", ())
        }
    inside = schema.get("additionalProperties")
    if isinstance(inside, dict) and inside:
        return {"en": _example(inside, schemas, "", depth + 1)}
    return {}


def _text(schema: Any, name: str) -> str:
    known = _BY_FORMAT.get(schema.get("format", ""), _BY_NAME.get(name))
    if pattern := schema.get("pattern"):
        return next(text for text in (known, *_PATTERNED) if re.search(pattern, str(text or "")))
    return known if isinstance(known, str) else "Hola"[: schema.get("maxLength", 4)]


def _value(schema: Any, kind: str, name: str) -> Any:
    if kind == "boolean":
        return True
    known = _BY_FORMAT.get(schema.get("format", ""), _BY_NAME.get(name))
    number = known if isinstance(known, int | float) else 1
    return min(max(number, schema.get("minimum", 0)), schema.get("maximum", 2**31))
