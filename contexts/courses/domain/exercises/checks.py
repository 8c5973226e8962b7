"""Rules of an exercise beyond its shape."""

from collections.abc import Callable, Iterator, Set
from typing import Any, TypeVar

from contexts.courses.domain.exercises.base import Exercise
from contexts.courses.domain.exercises.bodies import Body, Fault, Path
from contexts.courses.domain.grading.patterns import (
    PatternError,
    expand_pattern,
    expand_patterns,
)

T = TypeVar("T")


def faults(exercise: Exercise[Any, Any], languages: Set[str]) -> Iterator[Fault]:
    """Yield all faults of one exercise.

    `languages` are the course's two; if empty, languages of prompts and statements are unchecked.
    """
    if languages:
        yield from _languages(exercise.body, languages)
    broken = [*_patterns(exercise.body)]
    yield from broken
    yield from exercise.body.faults(exercise.language)
    if not broken:
        yield from _accepted_mistakes(exercise)


def _languages(body: Body, allowed: Set[str]) -> Iterator[Fault]:
    for key in ("prompt", "statement"):
        for tag in set(getattr(body, key, ())) - allowed:
            yield (key,), f"“{tag}” is neither the taught nor the source language"


def _patterns(body: Body) -> Iterator[Fault]:
    for path, patterns in body.patterns():
        single = [
            fault
            for at, pattern in enumerate(patterns)
            for fault in _broken((*path, at), expand_pattern, pattern)
        ]
        yield from single or _broken(path, expand_patterns, tuple(patterns))
    for at, wrong in enumerate(body.mistakes):
        yield from _broken(("wrong", at, "answer"), expand_pattern, wrong.answer)


def _broken(path: Path, expand: Callable[[T], object], pattern: T) -> Iterator[Fault]:
    try:
        expand(pattern)
    except PatternError as error:
        yield path, str(error)


def _accepted_mistakes(exercise: Exercise[Any, Any]) -> Iterator[Fault]:
    for at, mistake in enumerate(exercise.mistakes):
        for text in mistake.texts:
            if fault := _mistake_fault(exercise, text):
                yield ("wrong", at, "answer"), fault


def _mistake_fault(exercise: Exercise[Any, Any], text: str) -> str | None:
    options = exercise.wrong_options()
    if options is not None:
        return None if text in options else f"“{text}” is not a wrong option"
    return f"“{text}” is also accepted" if exercise.accepts(text) else None
