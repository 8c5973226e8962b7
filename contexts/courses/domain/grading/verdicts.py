"""Grades: verdict, notes, and FSRS's rating."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from contexts.shared.language import Edit


class Verdict(StrEnum):
    """Best first. People judge what is `submitted`."""

    SUBMITTED = "submitted"
    CORRECT = "correct"
    CORRECT_WITH_NOTE = "correct_with_note"
    NEARLY = "nearly"
    WRONG = "wrong"

    @property
    def accepted(self) -> bool:
        return self in (Verdict.SUBMITTED, Verdict.CORRECT, Verdict.CORRECT_WITH_NOTE)

    @property
    def rank(self) -> int:
        return list(Verdict).index(self)


class GradeNote(StrEnum):
    ACCENT = "accent"
    CASE = "case"
    PUNCTUATION = "punctuation"
    SPELLING_VARIANT = "spelling_variant"
    CONTRACTION = "contraction"
    TYPO = "typo"
    SPELLING = "spelling"
    WORD_FORM = "word_form"
    WORD_ORDER = "word_order"
    MISSING = "missing"
    EXTRA = "extra"


class Accents(StrEnum):
    """The cost of a dropped accent: a note, or the answer."""

    LENIENT = "lenient"
    STRICT = "strict"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradingPolicy:
    accents: Accents = Accents.LENIENT


class KnownWords(Protocol):
    def is_word(self, text: str, language: str) -> bool | None:
        """Return whether `text` is a word, None if the language has no dictionary."""
        ...

    def lemma(self, text: str, language: str) -> str:
        """Return the base form of a word, or the word itself if none is known."""
        ...


AGAIN, GOOD = 1, 3
_SCORES = {
    Verdict.SUBMITTED: 1.0,
    Verdict.CORRECT: 1.0,
    Verdict.CORRECT_WITH_NOTE: 1.0,
    Verdict.NEARLY: 0.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The grade of an answer.

    `expected` is the accepted answer nearest to `given`. `edits` lead from `given` to it, with
    spans in code points of `given`. `why` is a teacher's explanation by language. `score` is
    from 0 to 1. `rating` is FSRS's for the answer as a whole: 3 good, 1 again.
    """

    verdict: Verdict
    expected: str
    given: str = ""
    notes: tuple[GradeNote, ...] = ()
    edits: tuple[Edit, ...] = ()
    why: Mapping[str, str] | None = None
    score: float = 0.0

    @property
    def rating(self) -> int:
        return GOOD if self.verdict.accepted else AGAIN


def score_of(verdict: Verdict) -> float:
    """Return 1 for an accepted answer, a half for a nearly right one, else 0."""
    return _SCORES.get(verdict, 0.0)


def grade_of(document: Mapping[str, Any]) -> Grade:
    """Return the grade of a stored JSON document."""
    return Grade(
        verdict=Verdict(document["verdict"]),
        expected=document["expected"],
        given=document["given"],
        notes=tuple(GradeNote(note) for note in document["notes"]),
        edits=tuple(Edit(**edit) for edit in document["edits"]),
        why=document["why"],
        score=document["score"],
    )
