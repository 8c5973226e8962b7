"""The units of a course, from a file that may be broken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contexts.courses.domain.formats import UNIT_ID


@dataclass(frozen=True, slots=True)
class Outline:
    """A language is None if it could not be read."""

    taught: str | None
    source: str | None
    units: tuple[str, ...]
    """Distinct units of the course; only the known ones unless `complete`."""
    complete: bool

    @property
    def languages(self) -> frozenset[str]:
        """Both languages, or nothing if one is unknown."""
        known = frozenset(tag for tag in (self.taught, self.source) if tag is not None)
        return frozenset() if None in (self.taught, self.source) else known


def outline_of(sound: Mapping[str, Any], listed: object, present: Sequence[str]) -> Outline:
    """Return the outline from the file's sound parts, its listed units and the present ones.

    If the list is broken, all present units count.
    """
    complete = "units" in sound
    named = [*(listed if isinstance(listed, list) else ()), *(() if complete else present)]
    units = dict.fromkeys(name for name in named if _is_unit(name))
    return Outline(sound.get("language"), sound.get("source"), tuple(units), complete)


def _is_unit(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(UNIT_ID, name) is not None
