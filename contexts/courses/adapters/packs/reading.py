"""Reading a pack, which is accepted or refused as a whole."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from contexts.courses.adapters.packs import schema
from contexts.courses.adapters.packs.contents import canonical_hash, unit_of
from contexts.courses.adapters.packs.crosschecks import (
    ReadUnit,
    check_course,
    check_ids,
    check_requirements,
    check_texts,
    check_uses,
)
from contexts.courses.adapters.packs.errors import Errors, PackError, PackRefused
from contexts.courses.adapters.packs.files import Folder
from contexts.courses.adapters.packs.grammar import html_lines
from contexts.courses.adapters.packs.outline import Outline, outline_of
from contexts.courses.adapters.packs.sketch import sketch_of
from contexts.courses.adapters.packs.texts import Node, read_yaml
from contexts.courses.adapters.packs.validation import shaped, sound_parts
from contexts.courses.domain import packs
from contexts.courses.domain.exercises import document_of, mistaken_words, parse
from contexts.courses.domain.exercises.bodies import Body
from contexts.courses.domain.exercises.bodies import Path as Place
from contexts.courses.domain.exercises.checks import faults
from contexts.courses.domain.words import Word
from contexts.shared.kernel.shapes import dump

T = TypeVar("T")
_UNKNOWN = "und"
"""BCP 47's tag of an unknown language."""


def read_pack(path: Path) -> packs.Course:
    """Return the course in a folder. Raises PackRefused with all errors."""
    return _Pack(Folder.at(path)).read()


@dataclass(slots=True)
class _Pack:
    folder: Folder
    sheets: dict[str, Errors] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    grammar: dict[str, str] = field(default_factory=dict)

    def read(self) -> packs.Course:
        course, outline = self._outline()
        license_text = self.folder.text("LICENSE.md", self._sheet("LICENSE.md"))
        units = self._units(outline)
        bodies = self._checked(outline, units)
        models = [unit.model for unit in units if unit.model is not None]
        if course is None or self._errors():
            raise PackRefused(self._errors())
        return self._course(course, models, bodies, license_text or "")

    def _outline(self) -> tuple[schema.CourseFile | None, Outline]:
        course, root = self._file("course.yaml", schema.CourseFile)
        present = self.folder.names("units", ".yaml")
        if root is None:
            return None, outline_of({}, None, present)
        parts = sound_parts(root, schema.CourseFile)
        check_course(parts, root, self._sheet("course.yaml"))
        units = root.value.get("units") if isinstance(root.value, dict) else None
        outline = outline_of(parts, None if units is None else units.plain(), present)
        if outline.complete:
            self._unlisted(outline.units, root)
        return course, outline

    def _sheet(self, name: str) -> Errors:
        return self.sheets.setdefault(name, Errors(name))

    def _errors(self) -> list[PackError]:
        return [error for sheet in self.sheets.values() for error in sheet.found]

    def _file(self, name: str, shape: type[T]) -> tuple[T | None, Node | None]:
        """Return the content, None after errors, and the tree, None if there is none."""
        errors = self._sheet(name)
        text = self.folder.text(name, errors)
        root = None if text is None else read_yaml(text, errors)
        return (None if root is None else shaped(root, shape, errors)), root

    def _units(self, outline: Outline) -> list[ReadUnit]:
        units = []
        for name in outline.units:
            file = f"units/{name}.yaml"
            model, root = self._file(file, schema.UnitFile)
            self._notes(name)
            if root is not None:
                errors = self._sheet(file)
                unit = ReadUnit(name, model, sketch_of(root, errors.spoilt), root, errors)
                if unit.sketch.id not in (None, name):
                    unit.fault(("id",), f"the id is “{name}”, as the file is called")
                units.append(unit)
        return units

    def _unlisted(self, units: tuple[str, ...], root: Node) -> None:
        listed = {f"{name}{end}" for name in units for end in (".yaml", ".md")}
        for name in self.folder.names("units", ""):
            if name not in listed:
                message = f"units/{name} belongs to no unit that is listed here"
                self._sheet("course.yaml").add(root.line_of(("units",)), message)

    def _notes(self, name: str) -> None:
        file = f"units/{name}.md"
        if not self.folder.has(file):
            return
        errors = self._sheet(file)
        self.grammar[name] = self.folder.text(file, errors) or ""
        for line in html_lines(self.grammar[name]):
            errors.add(line, "HTML is not allowed")

    def _checked(self, outline: Outline, units: list[ReadUnit]) -> dict[str, dict[str, Any]]:
        check_ids(units)
        check_requirements(units, outline.units)
        check_uses(units, unread=set(outline.units) - {unit.name for unit in units})
        words = {word.id: word for unit in units for _, word in unit.sketch.words}
        bodies: dict[str, dict[str, Any]] = {}
        for unit in units:
            if outline.source is not None:
                check_texts(unit, outline.source)
            bodies |= self._exercises(outline, unit, words)
        return bodies

    def _exercises(
        self, outline: Outline, unit: ReadUnit, words: Mapping[str, Word]
    ) -> dict[str, dict[str, Any]]:
        tags = {"taught": outline.taught or _UNKNOWN, "source": outline.source or _UNKNOWN}
        documents = {}
        feasible: dict[Place, bool] = {}
        mistaken: defaultdict[str, set[str]] = defaultdict(set)
        for path, body in unit.sketch.exercises:
            if getattr(body, "word", None) not in {None, *words}:
                continue
            document = documents[body.id] = document_of(body, words=words, **tags)
            exercise = parse(document)
            found = [*faults(exercise, outline.languages)]
            for within, message in found:
                unit.fault((*path, *within), message)
            if not found:
                mistaken[exercise.language] |= mistaken_words(exercise)
            self._audio(body, unit, (*path, "audio"))
            feasible[path[:-1]] = feasible.get(path[:-1], False) or exercise.feasible
        for lesson, possible in feasible.items():
            if not possible:
                unit.fault(lesson, "nobody can hear these dictations: add audio or an exercise")
        for document in documents.values():
            if refused := mistaken[document["language"]]:
                document["refused"] = sorted(refused)
        return documents

    def _audio(self, body: Body, unit: ReadUnit, path: Place) -> None:
        audio = getattr(body, "audio", None)
        if audio is not None:
            digest = self.folder.digest(audio, unit.errors, unit.root.line_of(path))
            self.media[audio] = digest or ""

    def _course(
        self,
        course: schema.CourseFile,
        units: list[schema.UnitFile],
        bodies: Mapping[str, Mapping[str, Any]],
        license_text: str,
    ) -> packs.Course:
        whole = {
            "course": dump(course),
            "units": [dump(unit) for unit in units],
            "grammar": self.grammar,
            "license": license_text,
            "media": self.media,
        }
        return packs.Course(
            id=course.id,
            title=course.title,
            description=course.description,
            language=course.language,
            source=course.source,
            level=course.level,
            license=course.license,
            accents=course.accents,
            authors=tuple(course.authors),
            units=tuple(unit_of(unit, self.grammar.get(unit.id, ""), bodies) for unit in units),
            content_hash=canonical_hash(whole),
            license_text=license_text,
        )
