"""Celery message bodies as JSON by orjson."""

from typing import Any

import kombu.serialization
import orjson

NAME = "orjson"


def dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def register() -> None:
    kombu.serialization.register(
        NAME, dumps, orjson.loads, content_type="application/x-orjson", content_encoding="utf-8"
    )
