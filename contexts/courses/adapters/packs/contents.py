"""From the files' models to the domain's course."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from contexts.courses.adapters.packs import schema
from contexts.courses.domain import packs

Documents = Mapping[str, Mapping[str, Any]]
"""Exercises by id, as they are stored."""


def unit_of(file: schema.UnitFile, grammar: str, documents: Documents) -> packs.Unit:
    return packs.Unit(
        id=file.id,
        title=file.title,
        level=file.goal.cefr,
        can_do=file.goal.can_do,
        requires=tuple(file.requires or ()),
        words=tuple(file.words),
        lessons=tuple(_lesson(lesson, documents) for lesson in file.lessons),
        grammar=grammar,
    )


def _lesson(lesson: schema.Lesson, documents: Documents) -> packs.Lesson:
    gate = {"premium": True} if lesson.premium == "true" else {}
    exercises = ({**documents[exercise.id], **gate} for exercise in lesson.exercises)
    return packs.Lesson(
        id=lesson.id,
        title=lesson.title,
        premium=lesson.premium == "true",
        exercises=tuple(
            packs.ExerciseContent(
                id=body["id"], type=body["type"], uses=tuple(body["uses"]), body=body
            )
            for body in exercises
        ),
    )


def canonical_hash(document: object) -> str:
    """Return SHA-256, in hex, over JSON with sorted keys, no spaces and no escapes, in UTF-8."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
