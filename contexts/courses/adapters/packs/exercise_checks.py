"""What an exercise must keep to beyond its shape."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import singledispatch
from typing import Any, TypeVar

from contexts.courses.adapters.packs import schema
from contexts.courses.adapters.packs.sketch import Path
from contexts.courses.domain import exercises as domain
from contexts.courses.domain.exercises.gaps import GAP
from contexts.courses.domain.grading.accepted import read
from contexts.courses.domain.grading.patterns import PatternError, expand_pattern, expand_patterns
from contexts.courses.domain.grading.texts import Answers
from contexts.shared.language import words

T = TypeVar("T")
Fault = tuple[Path, str]
"""Where in the exercise, and what is wrong there."""


def faults(
    exercise: schema.Exercise, body: Mapping[str, Any], languages: Set[str]
) -> Iterator[Fault]:
    """All faults of one exercise; `body` is its normalized form.

    Without `languages`, the course's two, those of prompts and statements are not checked.
    """
    if languages:
        yield from _languages(exercise, languages)
    broken = [*_patterns(exercise)]
    yield from broken
    yield from _rules(exercise, str(body["language"]))
    if not broken:
        yield from _accepted_mistakes(exercise, body)


def _languages(exercise: schema.Exercise, allowed: Set[str]) -> Iterator[Fault]:
    for key in ("prompt", "statement"):
        texts = getattr(exercise, key, None) or {}
        for tag in set(texts) - allowed:
            yield (key,), f"“{tag}” is neither the taught nor the source language"


def _patterns(exercise: schema.Exercise) -> Iterator[Fault]:
    for path, patterns in _pattern_lists(exercise):
        single = [
            fault
            for at, pattern in enumerate(patterns)
            for fault in _broken((*path, at), expand_pattern, pattern)
        ]
        yield from single or _broken(path, expand_patterns, tuple(patterns))
    for at, wrong in enumerate(getattr(exercise, "wrong", None) or ()):
        yield from _broken(("wrong", at, "answer"), expand_pattern, wrong.answer)


def _pattern_lists(exercise: schema.Exercise) -> Iterator[tuple[Path, Sequence[str]]]:
    if isinstance(exercise, schema.Translate | schema.Dictation):
        yield ("answers",), exercise.answers
    if isinstance(exercise, schema.GapType):
        for at, gap in enumerate(exercise.gaps):
            yield ("gaps", at, "answers"), gap.answers


def _broken(path: Path, expand: Callable[[T], object], given: T) -> Iterator[Fault]:
    try:
        expand(given)
    except PatternError as error:
        yield path, str(error)


@singledispatch
def _rules(exercise: object, language: str) -> Iterator[Fault]:
    del exercise, language
    yield from ()


@_rules.register
def _(exercise: schema.Choice, language: str) -> Iterator[Fault]:
    del language
    yield from _options((), exercise.options, exercise.answer)


@_rules.register
def _(exercise: schema.GapChoose, language: str) -> Iterator[Fault]:
    del language
    yield from _gap_count(exercise.text, len(exercise.gaps))
    for at, gap in enumerate(exercise.gaps):
        yield from _options(("gaps", at), gap.options, gap.answer)


@_rules.register
def _(exercise: schema.GapType, language: str) -> Iterator[Fault]:
    del language
    yield from _gap_count(exercise.text, len(exercise.gaps))


@_rules.register
def _(exercise: schema.Match, language: str) -> Iterator[Fault]:
    del language
    for side in ("left", "right"):
        yield from _distinct(("pairs",), [getattr(pair, side) for pair in exercise.pairs])


@_rules.register
def _(exercise: schema.Order, language: str) -> Iterator[Fault]:
    bags = [sorted(read(text, language).surface, key=str.casefold) for text in exercise.answers]
    folded = [[word.casefold() for word in bag] for bag in bags]
    if len(folded[0]) < 2:
        yield ("answers", 0), "one word cannot be put in order"
    for at, bag in enumerate(folded):
        if bag != folded[0]:
            yield ("answers", at), "the words are not those of the first answer"
    for at, word in enumerate(exercise.extra or ()):
        if words(word) != (word,):
            yield ("extra", at), f"“{word}” is not a single word"


def _options(path: Path, options: Sequence[str], answer: str) -> Iterator[Fault]:
    yield from _distinct((*path, "options"), options)
    if answer not in options:
        yield (*path, "answer"), f"“{answer}” is not among the options"


def _distinct(path: Path, listed: Sequence[str]) -> Iterator[Fault]:
    for at, text in enumerate(listed):
        if text in listed[:at]:
            yield (*path, at), f"“{text}” stands here twice"


def _gap_count(text: str, gaps: int) -> Iterator[Fault]:
    found = text.count(GAP)
    if found != gaps:
        yield ("text",), f"the text has {found} gaps ({GAP}), and {gaps} are described"


def _accepted_mistakes(exercise: schema.Exercise, body: Mapping[str, Any]) -> Iterator[Fault]:
    parsed = domain.parse(body)
    for at, mistake in enumerate(parsed.mistakes):
        for message in _mistake_faults(exercise, parsed, mistake.texts):
            yield ("wrong", at, "answer"), message


def _mistake_faults(
    exercise: schema.Exercise, parsed: domain.Exercise, texts: tuple[str, ...]
) -> Iterator[str]:
    options = _wrong_options(exercise)
    for text in texts:
        if options is not None:
            if text not in options:
                yield f"“{text}” is not a wrong option"
        elif any(_accepts(answers, text) for answers in _answers(parsed)):
            yield f"“{text}” is also accepted"


def _wrong_options(exercise: schema.Exercise) -> set[str] | None:
    if isinstance(exercise, schema.Choice):
        return set(exercise.options) - {exercise.answer}
    if isinstance(exercise, schema.GapChoose):
        return {text for gap in exercise.gaps for text in gap.options if text != gap.answer}
    return None


def _answers(parsed: domain.Exercise) -> Iterator[Answers]:
    if isinstance(parsed, domain.GapType):
        yield parsed.answers[0]
    elif isinstance(parsed, domain.Translate | domain.Dictation | domain.Order):
        yield parsed.answers


def _accepts(answers: Answers, text: str) -> bool:
    accepted = answers.accepted
    return bool(accepted.same_words(read(text, accepted.language)))
