"""The exercises of a course: what the learner sees, what they may send, how it is graded."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from contexts.courses.domain.exercises.base import Exercise, MalformedAnswer, UnknownExercise
from contexts.courses.domain.exercises.chosen import Choice, TrueFalse
from contexts.courses.domain.exercises.flashcard import Flashcard
from contexts.courses.domain.exercises.gaps import GapChoose, GapType
from contexts.courses.domain.exercises.match import Match
from contexts.courses.domain.exercises.order import Order
from contexts.courses.domain.exercises.writing import Correct, Write
from contexts.courses.domain.exercises.written import Dictation, Translate
from contexts.courses.domain.grading.verdicts import (
    Accents,
    Grade,
    GradingPolicy,
    KnownWords,
    Note,
    Verdict,
)

TYPES: Mapping[str, Callable[[Mapping[str, Any]], Exercise]] = MappingProxyType(
    {
        kind.type: kind
        for kind in (
            Flashcard,
            Choice,
            TrueFalse,
            GapChoose,
            GapType,
            Order,
            Match,
            Translate,
            Dictation,
            Write,
            Correct,
        )
    }
)


def parse(body: Mapping[str, Any]) -> Exercise:
    """The exercise of a normalized body. Raises UnknownExercise, PatternError."""
    kind = TYPES.get(body["type"])
    if kind is None:
        raise UnknownExercise(type=str(body["type"])[:40])
    return kind(body)
