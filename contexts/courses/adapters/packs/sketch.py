"""The sound parts of a unit's file, which may be broken elsewhere.

Each part comes with its path in the tree, so that checks across the course know its line.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from contexts.courses.adapters.packs.models import translated
from contexts.courses.adapters.packs.texts import Node
from contexts.courses.domain import formats
from contexts.courses.domain.exercises import TYPES, ExerciseBody
from contexts.courses.domain.exercises.bodies import Body, Path
from contexts.courses.domain.words import Word
from contexts.shared.kernel.shapes import load

T = TypeVar("T")
Found = tuple[Path, T]
Texts = dict[str, str]

_WORD: TypeAdapter[BaseModel] = TypeAdapter(translated(Word))
_EXERCISE: TypeAdapter[BaseModel] = TypeAdapter(translated(ExerciseBody))
_TEXTS: TypeAdapter[Texts] = TypeAdapter(translated(formats.Texts))
_UNIT_ID, _WORD_ID, _LESSON_ID, _EXERCISE_ID = (
    TypeAdapter[str](translated(kind))
    for kind in (formats.UnitId, formats.WordId, formats.LessonId, formats.ExerciseId)
)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The sound parts of one unit: all of it if the file has no fault."""

    id: str | None
    ids: tuple[Found[str], ...]
    """Ids of words, lessons and exercises, also of broken ones."""
    word_ids: frozenset[str]
    words: tuple[Found[Word], ...]
    exercises: tuple[Found[Body], ...]
    requires: tuple[Found[str], ...]
    uses: tuple[Found[str], ...]
    texts: tuple[Found[Texts], ...]
    """The texts by language of the unit and its lessons."""
    words_known: bool
    """False if a fault may hide a word."""
    requires_known: bool


def sketch_of(root: Node, spoilt: Set[int]) -> Sketch:
    """Return the sketch of a unit's tree. `spoilt` lines are unreliable."""
    words = [*_members(root, (), "words")]
    lessons = [*_members(root, (), "lessons")]
    exercises = [inner for path, lesson in lessons for inner in _members(lesson, path, "exercises")]
    requires = [*_members(root, (), "requires")]
    required = [*_sound(requires, _UNIT_ID)]
    word_ids = [*_at(words, _WORD_ID, "id")]
    return Sketch(
        id=next((key for _, key in _at([((), root)], _UNIT_ID, "id")), None),
        ids=(
            *word_ids,
            *_at(lessons, _LESSON_ID, "id"),
            *_at(exercises, _EXERCISE_ID, "id"),
        ),
        word_ids=frozenset(key for _, key in word_ids),
        words=tuple((at, load(Word, word.model_dump())) for at, word in _sound(words, _WORD)),
        exercises=tuple((at, _body(found)) for at, found in _sound(exercises, _EXERCISE)),
        requires=tuple(required),
        uses=tuple(_sound(_uses(exercises), _WORD_ID)),
        texts=(
            *_at([((), root)], _TEXTS, "title"),
            *_at([((), root)], _TEXTS, "goal", "can_do"),
            *_at(lessons, _TEXTS, "title"),
        ),
        words_known=_listed(root, "words") and all(_named(word, spoilt) for _, word in words),
        requires_known=_listed(root, "requires", optional=True) and len(required) == len(requires),
    )


def _members(node: Node, path: Path, key: str) -> Iterator[Found[Node]]:
    held = node.value.get(key) if isinstance(node.value, dict) else None
    if held is not None and isinstance(held.value, list):
        for at, member in enumerate(held.value):
            yield (*path, key, at), member


def _at(nodes: list[Found[Node]], kind: TypeAdapter[T], *keys: str) -> Iterator[Found[T]]:
    for path, node in nodes:
        inner: Node | None = node
        for key in keys:
            held = inner.value if inner is not None else None
            inner = held.get(key) if isinstance(held, dict) else None
        if inner is not None:
            yield from _sound([((*path, *keys), inner)], kind)


def _uses(exercises: list[Found[Node]]) -> list[Found[Node]]:
    found: list[Found[Node]] = []
    for path, exercise in exercises:
        parts = exercise.value if isinstance(exercise.value, dict) else {}
        if "word" in _keys(parts) and "word" in parts:
            found.append(((*path, "word"), parts["word"]))
        elif "uses" in _keys(parts):
            found += _members(exercise, path, "uses")
    return found


def _keys(exercise: Mapping[str, Node]) -> Set[str]:
    """Return the keys that an exercise may have; of an unknown type, `uses`."""
    tag = exercise["type"].value if "type" in exercise else None
    kind = TYPES.get(tag) if isinstance(tag, str) else None
    return {field.name for field in fields(kind.body_type)} if kind else {"uses"}


def _body(exercise: BaseModel) -> Body:
    document = exercise.model_dump()
    return load(TYPES[document["type"]].body_type, document)


def _listed(node: Node, key: str, *, optional: bool = False) -> bool:
    if not isinstance(node.value, dict) or key in node.doubled:
        return False
    held = node.value.get(key)
    return optional if held is None else isinstance(held.value, list)


def _named(word: Node, spoilt: Set[int]) -> bool:
    """Return whether a word has exactly one id, well-formed or not."""
    held = word.value.get("id") if isinstance(word.value, dict) else None
    if held is None or not isinstance(held.value, str):
        return False
    return "id" not in word.doubled and held.line not in spoilt


def _sound(nodes: list[Found[Node]], kind: TypeAdapter[T]) -> Iterator[Found[T]]:
    for path, node in nodes:
        plain = node.plain()
        try:
            yield path, kind.validate_python(plain)
        except ValidationError as refused:
            try:
                yield path, kind.validate_python(_pruned(plain, refused.errors()))
            except ValidationError:
                continue


def _pruned(plain: Any, faults: list[ErrorDetails]) -> Any:
    """Return it without unknown keys, and without outer keys that have another fault."""
    for fault in faults:
        held: list[tuple[dict[str, Any], str]] = []
        inner = plain
        for step in fault["loc"]:
            if isinstance(inner, dict) and step in inner:
                held.append((inner, str(step)))
                inner = inner[str(step)]
            elif isinstance(inner, list) and isinstance(step, int):
                inner = inner[step]
        if held:
            mapping, key = held[-1] if fault["type"] == "extra_forbidden" else held[0]
            mapping.pop(key, None)
    return plain
