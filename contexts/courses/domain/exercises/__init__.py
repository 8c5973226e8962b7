"""Exercises of a course. A new type is one module here and one entry in KINDS."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from contexts.courses.domain.exercises.base import Exercise, MalformedAnswer, UnknownExercise
from contexts.courses.domain.exercises.bodies import Body
from contexts.courses.domain.exercises.chosen import Choice, TrueFalse
from contexts.courses.domain.exercises.flashcard import Flashcard
from contexts.courses.domain.exercises.gaps import GapChoose, GapType
from contexts.courses.domain.exercises.match import Match
from contexts.courses.domain.exercises.order import Order
from contexts.courses.domain.exercises.writing import Write
from contexts.courses.domain.exercises.written import Correct, Dictation, Translate
from contexts.courses.domain.grading.accepted import read
from contexts.courses.domain.grading.patterns import expand_patterns
from contexts.courses.domain.words import Word
from contexts.shared.kernel.shapes import UnionName, dump, load, tag_of

AnyExercise = Exercise[Any, Any]
KINDS: tuple[type[AnyExercise], ...] = (
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
AUTHORED = tuple(kind for kind in KINDS if kind.authored)
TYPES: Mapping[str, type[AnyExercise]] = MappingProxyType(
    {str(tag_of(kind.body_type)): kind for kind in KINDS}
)

if TYPE_CHECKING:
    # Lessons keep them as JSON, ready to be sent.
    PresentedExercise = Mapping[str, Any]
    ExerciseAnswer = Mapping[str, Any]
    ExerciseBody = Body
else:
    ExerciseBody = Annotated[
        reduce(or_, (kind.body_type for kind in AUTHORED)), UnionName("ExerciseBody")
    ]
    PresentedExercise = Annotated[
        reduce(or_, (kind.presented_type for kind in AUTHORED)), UnionName("PresentedExercise")
    ]
    ExerciseAnswer = Annotated[
        reduce(or_, (kind.answer_type for kind in KINDS)), UnionName("ExerciseAnswer")
    ]


def parse(document: Mapping[str, Any]) -> AnyExercise:
    """Return the exercise of a stored document. Raises UnknownExercise."""
    kind = TYPES.get(document["type"])
    if kind is None:
        raise UnknownExercise(type=str(document["type"])[:40])
    return kind(
        body=load(kind.body_type, document),
        language=document["language"],
        uses=tuple(document["uses"]),
        premium=bool(document.get("premium")),
        card=load(Word, document["card"]) if "card" in document else None,
        texts=document.get("texts", {}),
        refused=frozenset(document.get("refused", ())),
    )


def texts_of(words: Iterable[Word]) -> dict[str, list[str]]:
    """Return each word's texts in both languages, which tell what an answer recalled."""
    return {word.id: [word.text, word.translation] for word in words}


def document_of(
    body: Body, *, taught: str, source: str, words: Mapping[str, Word]
) -> dict[str, Any]:
    """Return the document that is stored: the body, its words and the language of the answers."""
    added = {
        "uses": list(body.words),
        "texts": texts_of(words[key] for key in body.words if key in words),
        "language": body.answered_in(taught=taught, source=source),
    }
    word = getattr(body, "word", None)
    return dump(body) | added | ({"card": dump(words[word])} if word else {})


def mistaken_words(exercise: AnyExercise) -> set[str]:
    """Return the words that stand in an exercise's listed mistakes, and in no accepted answer."""
    language = exercise.language
    wrong = {
        word
        for mistake in exercise.mistakes
        for text in mistake.texts
        for word in read(text, language).words
    }
    right = [text for _, patterns in exercise.body.patterns() for text in expand_patterns(patterns)]
    return wrong - {word for text in right for word in read(text, language).words}
