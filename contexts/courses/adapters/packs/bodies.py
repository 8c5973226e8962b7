"""From the schema's models to the domain's content."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from contexts.courses.adapters.packs import schema
from contexts.courses.domain import packs as content


def body_of(
    exercise: schema.Exercise,
    *,
    taught: str,
    source: str,
    words: Mapping[str, schema.Word],
) -> dict[str, Any]:
    """The normalized body: what the author wrote, the language of the answers and the card."""
    body = exercise.model_dump(exclude_none=True) | {"language": taught}
    if isinstance(exercise, schema.Translate) and taught in exercise.prompt:
        body["language"] = source
    if isinstance(exercise, schema.Choice) and taught in exercise.prompt:
        body["language"] = source
    if isinstance(exercise, schema.Flashcard):
        card = words[exercise.word].model_dump(exclude_none=True)
        body |= {"uses": [exercise.word], "card": card}
    if isinstance(exercise, schema.Write):
        body["uses"] = []
    return body


def unit_content(
    unit: schema.UnitFile, grammar: str, bodies: Mapping[str, Mapping[str, Any]]
) -> content.Unit:
    return content.Unit(
        id=unit.id,
        title=unit.title,
        level=unit.goal.cefr,
        can_do=unit.goal.can_do,
        requires=tuple(unit.requires or ()),
        words=tuple(_word(word) for word in unit.words),
        lessons=tuple(_lesson(lesson, bodies) for lesson in unit.lessons),
        grammar=grammar,
    )


def _word(word: schema.Word) -> content.Word:
    example = word.example
    return content.Word(
        id=word.id,
        text=word.text,
        translation=word.translation,
        pos=word.pos,
        gender=word.gender,
        example=None if example is None else content.Example(**example.model_dump()),
    )


def _lesson(lesson: schema.Lesson, bodies: Mapping[str, Mapping[str, Any]]) -> content.Lesson:
    gate = {"premium": True} if lesson.premium == "true" else {}
    exercises = ({**bodies[exercise.id], **gate} for exercise in lesson.exercises)
    return content.Lesson(
        id=lesson.id,
        title=lesson.title,
        premium=lesson.premium == "true",
        exercises=tuple(
            content.ExerciseContent(
                id=body["id"], type=body["type"], uses=tuple(body["uses"]), body=body
            )
            for body in exercises
        ),
    )


def canonical_hash(document: object) -> str:
    """SHA-256, in hex, over JSON with sorted keys, no spaces and no escapes, in UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
