"""Words of a course."""

from dataclasses import dataclass
from typing import Annotated, Literal

from contexts.courses.domain import formats
from contexts.shared.kernel.shapes import ABSENT_IF_NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence with the word."""

    text: formats.Text
    translation: formats.Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word whose memory is tracked."""

    id: formats.WordId
    text: Annotated[formats.Text, "In the taught language."]
    translation: Annotated[formats.Text, "In the source language."]
    pos: Literal[
        "noun",
        "verb",
        "adjective",
        "adverb",
        "pronoun",
        "preposition",
        "conjunction",
        "interjection",
        "number",
        "phrase",
        "article",
    ]
    gender: Annotated[Literal["m", "f", "n", "c"] | None, ABSENT_IF_NONE] = None
    example: Annotated[Example | None, ABSENT_IF_NONE] = None
