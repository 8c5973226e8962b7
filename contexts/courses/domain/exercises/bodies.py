"""Bodies: exercises as authors write them, with the rules beyond their shape."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from annotated_types import MaxLen, MinLen

from contexts.courses.domain import formats

Path = tuple[int | str, ...]
Fault = tuple[Path, str]
"""A place in an exercise's body, and what is wrong there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A mistake that teachers know, with its explanation."""

    answer: formats.Text
    why: formats.Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An exercise as its author writes it."""

    id: formats.ExerciseId
    type: str
    hint: formats.Texts | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Ids of the words that an answer recalls."""
        return ()

    @property
    def mistakes(self) -> Sequence[Wrong]:
        return ()

    def answered_in(self, *, taught: str, source: str) -> str:
        """Return the language of the answers."""
        del source
        return taught

    def texts(self) -> Iterator[tuple[Path, Mapping[str, str]]]:
        """Yield texts by language that must exist in the source language."""
        if self.hint is not None:
            yield ("hint",), self.hint
        for place, wrong in enumerate(self.mistakes):
            yield ("wrong", place, "why"), wrong.why

    def patterns(self) -> Iterator[tuple[Path, Sequence[str]]]:
        """Yield lists of accepted answers that are written as patterns."""
        yield from ()

    def faults(self, language: str) -> Iterator[Fault]:
        """Yield faults beyond the shape; `language` is that of the answers."""
        del language
        yield from ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Using(Body):
    """A body that names its words."""

    uses: Annotated[list[formats.WordId], MinLen(1)]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained(Using):
    """A body that may explain mistakes."""

    wrong: Annotated[list[Wrong], MinLen(1), MaxLen(100)] | None = None

    @property
    def mistakes(self) -> Sequence[Wrong]:
        return self.wrong or ()


def option_faults(path: Path, options: Sequence[str], answer: str) -> Iterator[Fault]:
    yield from repeated((*path, "options"), options)
    if answer not in options:
        yield (*path, "answer"), f"“{answer}” is not among the options"


def repeated(path: Path, listed: Sequence[str]) -> Iterator[Fault]:
    for at, text in enumerate(listed):
        if text in listed[:at]:
            yield (*path, at), f"“{text}” stands here twice"
