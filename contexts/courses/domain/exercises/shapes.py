"""Reading answers that may hold anything at all. Each function gives None for a wrong shape."""

from collections.abc import Mapping
from typing import Any

from contexts.shared.language import nfc

LONGEST_TEXT = 1000
MOST_ENTRIES = 100


def only(answer: object, key: str) -> Any:
    """The value of the single key that the answer may have."""
    if not isinstance(answer, Mapping) or set(answer) != {key}:
        return None
    return answer[key]


def text(value: object, *, longest: int = LONGEST_TEXT) -> str | None:
    """A text in NFC of at most `longest` characters, storable in every database."""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        return None
    if any("\ud800" <= char <= "\udfff" for char in value):
        return None
    return nfc(value)


def truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def texts(value: object, *, most: int = MOST_ENTRIES) -> tuple[str, ...] | None:
    if not isinstance(value, list | tuple) or len(value) > most:
        return None
    found = tuple(read for entry in value if (read := text(entry)) is not None)
    return found if len(found) == len(value) else None


def pairs(value: object, *, most: int) -> tuple[tuple[str, str], ...] | None:
    if not isinstance(value, list | tuple) or len(value) > most:
        return None
    read = [texts(entry, most=2) for entry in value]
    found = tuple((entry[0], entry[1]) for entry in read if entry and len(entry) == 2)
    return found if len(found) == len(value) else None
