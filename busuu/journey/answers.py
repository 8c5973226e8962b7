"""What a learner who knows the course would send, and one who does not."""

from collections.abc import Mapping
from typing import Any

from contexts.courses import api as courses
from contexts.shared.language import words

Body = Mapping[str, Any]


def right(body: Body) -> dict[str, Any]:
    """The model answer of an exercise in the shape that its type takes."""
    kind = body["type"]
    if kind == "flashcard":
        return {"recalled": True}
    if kind == "choice":
        return {"choice": body["answer"]}
    if kind == "true_false":
        return {"value": body["answer"] in {True, "true"}}
    if kind == "gap_choose":
        return {"gaps": [gap["answer"] for gap in body["gaps"]]}
    if kind == "gap_type":
        return {"gaps": [courses.model_answer(gap["answers"]) for gap in body["gaps"]]}
    if kind == "order":
        return {"words": list(words(body["answers"][0]))}
    if kind == "match":
        return {"pairs": [[pair["left"], pair["right"]] for pair in body["pairs"]]}
    return {"text": courses.model_answer(body["answers"])}


def wrong(body: Body) -> dict[str, Any]:
    """An answer of the right shape that cannot be right."""
    kind = body["type"]
    if kind == "flashcard":
        return {"recalled": False}
    if kind == "choice":
        return {"choice": next(text for text in body["options"] if text != body["answer"])}
    if kind == "true_false":
        return {"value": body["answer"] not in {True, "true"}}
    if kind == "gap_choose":
        return {
            "gaps": [
                next(text for text in gap["options"] if text != gap["answer"])
                for gap in body["gaps"]
            ]
        }
    if kind == "gap_type":
        return {"gaps": ["xyz" for _ in body["gaps"]]}
    if kind == "order":
        return {"words": list(reversed(words(body["answers"][0])))}
    if kind == "match":
        rights = [pair["right"] for pair in body["pairs"]]
        shifted = rights[1:] + rights[:1]
        lefts = [pair["left"] for pair in body["pairs"]]
        return {"pairs": [list(pair) for pair in zip(lefts, shifted, strict=True)]}
    return {"text": "xyz xyz"}
