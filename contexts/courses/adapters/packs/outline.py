"""What a course's file tells about its units, though it may itself be broken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contexts.courses.domain.formats import UNIT_ID


@dataclass(frozen=True, slots=True)
class Outline:
    """The languages are None where they could not be read."""

    taught: str | None
    source: str | None
    units: tuple[str, ...]
    """All units of the course, each once; those that are known, where not `complete`."""
    complete: bool

    @property
    def languages(self) -> frozenset[str]:
        """Both languages; none where one of them is not known."""
        known = frozenset(tag for tag in (self.taught, self.source) if tag is not None)
        return frozenset() if None in (self.taught, self.source) else known


def outline_of(sound: Mapping[str, Any], listed: object, present: Sequence[str]) -> Outline:
    """From the parts of the file that are sound, its list of units and the units that are there.

    Where the list is broken, a unit that is there may be meant by what could not be read.
    """
    complete = "units" in sound
    named = [*(listed if isinstance(listed, list) else ()), *(() if complete else present)]
    units = dict.fromkeys(name for name in named if _is_unit(name))
    return Outline(sound.get("language"), sound.get("source"), tuple(units), complete)


def _is_unit(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(UNIT_ID, name) is not None
