"""JSON bodies, checked against limits before other code reads them."""

from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from contexts.shared.http.errors import BodyTooLarge

MAX_DEPTH = 32


class MalformedJson(ParseError):
    default_code = "malformed_json"


def parse_json(raw: bytes) -> Any:
    """Return the value of a JSON text.

    Raises MalformedJson if it is not JSON or is nested deeper than MAX_DEPTH. NaN, infinities and
    lone surrogates are not JSON here. NUL is refused because PostgreSQL cannot store it.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise MalformedJson(f"This is not JSON: {error}") from None
    _check(value, nul_possible=b"\\u0000" in raw)
    return value


def _check(value: Any, *, nul_possible: bool) -> None:
    level: list[Any] = [value]
    for _ in range(MAX_DEPTH + 1):
        if nul_possible and any(isinstance(item, str) and "\x00" in item for item in level):
            raise MalformedJson("Text may not contain NUL.")
        level = [inner for item in level for inner in _inner(item)]
        if not level:
            return
    raise MalformedJson(f"JSON has at most {MAX_DEPTH} levels.")


def _inner(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return [*item.keys(), *item.values()]
    return item if isinstance(item, list) else []


class BoundedJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        # DRF does not apply the limit that Django has for forms.
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise BodyTooLarge
        return parse_json(raw)
