"""Rules across a unit or the course: ids, languages, requirements, reachable words."""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from contexts.courses.adapters.packs.errors import Errors
from contexts.courses.adapters.packs.schema import UnitFile
from contexts.courses.adapters.packs.sketch import Sketch
from contexts.courses.adapters.packs.texts import Node
from contexts.courses.domain.exercises.bodies import Path
from contexts.shared.kernel import LanguageTag, UnknownLanguage


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit's file, with the tree that knows its lines.

    `name` is the file's name, by which other units refer to it. Checks use the sketch, since
    `model` is None after a fault of YAML or shape.
    """

    name: str
    model: UnitFile | None
    sketch: Sketch
    root: Node
    errors: Errors

    def fault(self, path: Path, message: str) -> None:
        line = self.root.line_of(path)
        if line not in self.errors.spoilt:
            self.errors.add(line, message)


def check_course(parts: Mapping[str, Any], root: Node, errors: Errors) -> None:
    """Check the parts of the file whose shape is sound."""
    language, source = parts.get("language"), parts.get("source")
    for key, tag in (("language", language), ("source", source)):
        if tag is not None:
            _check_tag(tag, root.line_of((key,)), errors)
    if source is not None and language == source:
        errors.add(root.line_of(("source",)), "a course explains a language in another one")
    for key in ("title", "description"):
        if source is not None and key in parts and source not in parts[key]:
            errors.add(root.line_of((key,)), _untold(source))
    units = parts.get("units", [])
    for at, unit in enumerate(units):
        if unit in units[:at]:
            errors.add(root.line_of(("units", at)), f"the unit “{unit}” is listed twice")


def _check_tag(tag: str, line: int, errors: Errors) -> None:
    try:
        canonical = LanguageTag.parse(tag)
    except UnknownLanguage:
        errors.add(line, f"“{tag}” is not a language tag that BCP 47 knows")
        return
    if canonical != tag:
        errors.add(line, f"“{tag}” is written “{canonical}”")


def _untold(source: str) -> str:
    return f"the text in the course's source language ({source}) is missing"


def check_texts(unit: ReadUnit, source: str) -> None:
    """Check that each text by language exists in the course's source language."""
    for path, texts in _texts(unit.sketch):
        if source not in texts:
            unit.fault(path, _untold(source))


def _texts(unit: Sketch) -> Iterator[tuple[Path, Mapping[str, str]]]:
    yield from unit.texts
    for path, body in unit.exercises:
        for within, texts in body.texts():
            yield (*path, *within), texts


def check_ids(units: list[ReadUnit]) -> None:
    """Check that ids begin with their unit's id and are unique in the course."""
    seen: dict[str, str] = {}
    for unit in units:
        for path, key in unit.sketch.ids:
            if _home(key) != unit.name:
                unit.fault(path, f"the id “{key}” does not begin with “{unit.name}.”")
            place = f"{unit.errors.file}:{unit.root.line_of(path)}"
            if key in seen:
                unit.fault(path, f"the id “{key}” stands at {seen[key]} too")
            seen.setdefault(key, place)


def _home(key: str) -> str:
    return key.split(".", 1)[0]


def check_requirements(units: list[ReadUnit], listed: Collection[str]) -> None:
    """Check that requirements are units of the course, without circles."""
    graph = _graph(units)
    for unit in units:
        for path, wanted in unit.sketch.requires:
            if wanted not in listed:
                unit.fault(path, f"the course has no unit “{wanted}”")
            elif unit.name in reached(wanted, graph):
                unit.fault(path, f"“{unit.name}” and “{wanted}” require each other")


def _graph(units: list[ReadUnit]) -> dict[str, list[str]]:
    return {unit.name: [wanted for _, wanted in unit.sketch.requires] for unit in units}


def reached(start: str, graph: Mapping[str, list[str]]) -> frozenset[str]:
    """Return a unit and all that it requires, directly or not."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += graph.get(unit, [])
    return frozenset(found)


def check_uses(units: list[ReadUnit], unread: Set[str]) -> None:
    """Check that exercises use words of their unit or of units that it requires.

    Skips words that may stand in a unit in `unread` or in a part that could not be read.
    """
    graph = _graph(units)
    wordless = unread | {unit.name for unit in units if not unit.sketch.words_known}
    boundless = unread | {unit.name for unit in units if not unit.sketch.requires_known}
    homes: dict[str, list[str]] = {}
    for unit in units:
        for word in unit.sketch.word_ids:
            homes.setdefault(word, []).append(unit.name)
    for unit in units:
        within = reached(unit.name, graph)
        for path, key in unit.sketch.uses:
            if key not in homes:
                if _home(key) not in wordless:
                    unit.fault(path, f"there is no word “{key}”")
            elif within.isdisjoint(homes[key]) and within.isdisjoint(boundless):
                message = f"“{key}” is of “{homes[key][0]}”, which this unit does not require"
                unit.fault(path, message)
