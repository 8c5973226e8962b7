"""Whether the right words are blamed for a wrong answer, on the shipped courses."""

from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from random import Random
from typing import Any

from busuu.workshop.evaluation.mistakes import (
    gap_answers,
    garbled,
    places_of,
    sentence_without,
    slipped,
)
from busuu.workshop.evaluation.table import Figure
from contexts.courses import api as courses
from contexts.courses.domain.exercises import AnyExercise, parse
from contexts.courses.domain.grading.verdicts import AGAIN, Grade, GradingPolicy
from contexts.shared.assist.known_words import SystemKnownWords
from contexts.shared.language import words

KNOWN, SLIP, ROUNDS = 0.9, 0.03, 20
_LONG_ENOUGH = 5
MOST_FALSE, MOST_MISSED = 0.05, 0.12
_WORDS, _POLICY = SystemKnownWords(), GradingPolicy()

Tally = Counter[str]


def measure(pack: Path, *, seed: int) -> list[Figure]:
    """Return how often known words are blamed, and unknown ones missed, by word and by answer."""
    course = courses.read_pack(pack)
    exercises = [
        parse(content.body)
        for unit in course.units
        for lesson in unit.lessons
        for content in lesson.exercises
    ]
    vocabulary = [word.text.split()[-1] for word in course.words()]
    tally, random = Tally(), Random(seed)  # noqa: S311
    for exercise in exercises * ROUNDS:
        for unknown, answer in _answers(exercise, vocabulary, random):
            _count(tally, exercise, unknown, answer)
    return [*_figures(tally, "by word", demanded=True), *_figures(tally, "one for all")]


def _figures(tally: Tally, rule: str, *, demanded: bool = False) -> Iterator[Figure]:
    false = tally[f"{rule}: false"] / (tally[f"{rule}: again"] or 1)
    missed = tally[f"{rule}: missed"] / (tally["unknown"] or 1)
    for name, value, most in (
        ("Again for known words", false, MOST_FALSE),
        ("unknown words missed", missed, MOST_MISSED),
    ):
        demand = f"at most {most:.0%}" if demanded else ""
        yield Figure(f"{rule}: {name}", f"{value:.1%}", demand, not demanded or value <= most)


def _count(tally: Tally, exercise: AnyExercise, unknown: Set[str], answer: Any) -> None:
    grade = exercise.grade(answer, words=_WORDS, policy=_POLICY)
    by_word = exercise.ratings(answer, grade, words=_WORDS)
    for rule, ratings in (("by word", by_word), ("one for all", _one_for_all(exercise, grade))):
        blamed = {item for item, rating in ratings.items() if rating == AGAIN}
        tally[f"{rule}: again"] += len(blamed)
        tally[f"{rule}: false"] += len(blamed - unknown)
        tally[f"{rule}: missed"] += len(unknown - blamed)
    tally["unknown"] += len(unknown)


def _one_for_all(exercise: AnyExercise, grade: Grade) -> dict[str, int]:
    return dict.fromkeys(exercise.uses, grade.rating)


def _answers(
    exercise: AnyExercise, others: list[str], random: Random
) -> Iterator[tuple[Set[str], Any]]:
    """Yield an answer with the items that it shows to be unknown, if there are any."""
    unknown = {item for item in exercise.uses if random.random() > KNOWN}
    make = _MAKERS.get(exercise.body.type)
    if make is not None:
        yield from make(exercise, unknown, others, random)


def _typed(
    exercise: AnyExercise, unknown: Set[str], others: list[str], random: Random
) -> Iterator[tuple[Set[str], Any]]:
    sentence = words(exercise.correct_answer())
    places = {item: places_of(exercise.texts[item], sentence) for item in unknown}
    asked = {item for item, found in places.items() if found}
    wrong = set().union(*places.values())
    known = [
        slipped(word, random)
        if at not in wrong and len(word) >= _LONG_ENOUGH and random.random() < SLIP
        else word
        for at, word in enumerate(sentence)
    ]
    yield asked, {"text": sentence_without(known, wrong, others, random)}


def _gaps(
    exercise: AnyExercise, unknown: Set[str], others: list[str], random: Random
) -> Iterator[tuple[Set[str], Any]]:
    asked: set[str] = set()
    filled = []
    for at, text in enumerate(gap_answers(exercise)):
        here = {item for item in unknown if places_of(exercise.texts[item], words(text))}
        filled.append(_gap(exercise, at, text, random) if here else text)
        asked |= here
    yield asked, {"gaps": filled}


def _gap(exercise: AnyExercise, at: int, text: str, random: Random) -> str:
    options = getattr(exercise.body.gaps[at], "options", None)
    if options is None:
        return garbled(text)
    wrong: list[str] = [option for option in options if option != text]
    return random.choice(wrong)


def _matched(
    exercise: AnyExercise, unknown: Set[str], others: list[str], random: Random
) -> Iterator[tuple[Set[str], Any]]:
    del others, random
    pairs = [(pair.left, pair.right) for pair in exercise.body.pairs]
    lost = {
        item: at
        for item in unknown
        for at, pair in enumerate(pairs)
        if {*pair} == {*exercise.texts[item]}
    }
    places = [*lost.values()]
    moved = dict(zip(places, places[1:] + places[:1], strict=True))
    # One pair alone is found by elimination.
    asked = {item for item, at in lost.items() if moved[at] != at}
    yield (
        asked,
        {"pairs": [[left, pairs[moved.get(at, at)][1]] for at, (left, _) in enumerate(pairs)]},
    )


def _chosen(
    exercise: AnyExercise, unknown: Set[str], others: list[str], random: Random
) -> Iterator[tuple[Set[str], Any]]:
    del others
    right = exercise.body.answer
    asked = {item for item in unknown if places_of(exercise.texts[item], words(right))}
    # Who does not know a word takes an option without it.
    wrong = [
        option
        for option in exercise.body.options
        if not any(places_of(exercise.texts[item], words(option)) for item in asked)
    ]
    yield (
        (asked, {"choice": random.choice(wrong)}) if wrong and asked else (set(), {"choice": right})
    )


_MAKERS: dict[str, Any] = {
    "translate": _typed,
    "dictation": _typed,
    "gap_type": _gaps,
    "gap_choose": _gaps,
    "match": _matched,
    "choice": _chosen,
}
