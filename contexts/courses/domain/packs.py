"""A course as its authors wrote it, checked. Texts by language are `{tag: text}`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contexts.courses.domain.words import Word

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseContent:
    """`body` is the document that `exercises.parse` reads."""

    id: str
    type: str
    uses: tuple[str, ...]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    id: str
    title: Texts
    exercises: tuple[ExerciseContent, ...]
    premium: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """`grammar` is Markdown without HTML, or empty."""

    id: str
    title: Texts
    level: str
    can_do: Texts
    requires: tuple[str, ...]
    words: tuple[Word, ...]
    lessons: tuple[Lesson, ...]
    grammar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A whole pack. `content_hash` is the SHA-256, in hex, of the canonical JSON of all of it."""

    id: str
    title: Texts
    description: Texts
    language: str
    source: str
    level: str
    license: str
    authors: tuple[str, ...]
    accents: str
    units: tuple[Unit, ...]
    content_hash: str
    license_text: str = ""

    def words(self) -> Iterator[Word]:
        return (word for unit in self.units for word in unit.words)

    def exercises(self) -> Iterator[ExerciseContent]:
        return (
            exercise
            for unit in self.units
            for lesson in unit.lessons
            for exercise in lesson.exercises
        )
