"""Right and wrong answers to exercises, for learners that a program plays."""

from collections.abc import Callable, Mapping
from typing import Any

from contexts.courses import api as courses
from contexts.shared.language import words

Body = Mapping[str, Any]


def right(body: Body) -> dict[str, Any]:
    """Return the model answer of an exercise, in the shape of its type."""
    return _RIGHT[body["type"]](body)


def wrong(body: Body) -> dict[str, Any]:
    """Return an answer that has the right shape and is wrong."""
    return _WRONG[body["type"]](body)


def _chips(body: Body) -> list[str]:
    return list(words(body["answers"][0]))


def _shifted(body: Body) -> list[list[str]]:
    rights = [pair["right"] for pair in body["pairs"]]
    lefts = [pair["left"] for pair in body["pairs"]]
    return [list(pair) for pair in zip(lefts, rights[1:] + rights[:1], strict=True)]


def _another(options: list[str], answer: str) -> str:
    return next(text for text in options if text != answer)


_RIGHT: dict[str, Callable[[Body], dict[str, Any]]] = {
    "flashcard": lambda body: {"recalled": True},
    "choice": lambda body: {"choice": body["answer"]},
    "true_false": lambda body: {"value": body["answer"] == "true"},
    "gap_choose": lambda body: {"gaps": [gap["answer"] for gap in body["gaps"]]},
    "gap_type": lambda body: {
        "gaps": [courses.model_answer(gap["answers"]) for gap in body["gaps"]]
    },
    "order": lambda body: {"words": _chips(body)},
    "match": lambda body: {"pairs": [[pair["left"], pair["right"]] for pair in body["pairs"]]},
    "translate": lambda body: {"text": courses.model_answer(body["answers"])},
    "dictation": lambda body: {"text": courses.model_answer(body["answers"])},
    "write": lambda body: {"text": "Hello. My name is Mateo and I am from Bogotá."},
}

_WRONG: dict[str, Callable[[Body], dict[str, Any]]] = {
    "flashcard": lambda body: {"recalled": False},
    "choice": lambda body: {"choice": _another(body["options"], body["answer"])},
    "true_false": lambda body: {"value": body["answer"] != "true"},
    "gap_choose": lambda body: {
        "gaps": [_another(gap["options"], gap["answer"]) for gap in body["gaps"]]
    },
    "gap_type": lambda body: {"gaps": ["xyz" for _ in body["gaps"]]},
    "order": lambda body: {"words": list(reversed(_chips(body)))},
    "match": lambda body: {"pairs": _shifted(body)},
    "translate": lambda body: {"text": "xyz xyz"},
    "dictation": lambda body: {"text": "xyz xyz"},
    "write": lambda body: {"text": " "},
}
