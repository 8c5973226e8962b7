"""Shapes of the files. Rules across several files are checked elsewhere."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from annotated_types import MinLen
from pydantic import TypeAdapter

from contexts.courses.adapters.packs.models import model_of
from contexts.courses.domain import formats
from contexts.courses.domain.exercises import ExerciseBody
from contexts.courses.domain.words import Word

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFile:
    format: Literal["coursepack/1"]
    id: formats.CourseId
    title: formats.Texts
    description: formats.Texts
    language: formats.Language
    source: formats.Language
    level: Level
    license: formats.License
    authors: Annotated[list[formats.Text], MinLen(1)]
    accents: Literal["lenient", "strict"] = "lenient"
    units: Annotated[list[formats.UnitId], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    cefr: Level
    can_do: formats.Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    id: formats.LessonId
    title: formats.Texts
    premium: Literal["true", "false"] = "false"
    exercises: Annotated[list[ExerciseBody], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFile:
    id: formats.UnitId
    title: formats.Texts
    goal: Goal
    requires: Annotated[list[formats.UnitId], MinLen(1)] | None = None
    words: Annotated[list[Word], MinLen(1)]
    lessons: Annotated[list[Lesson], MinLen(1)]


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return JSON Schema (2020-12) for editors: of `course.yaml` and of `units/*.yaml`."""
    files = {"course": CourseFile, "unit": UnitFile}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {
        name: {"$schema": dialect, **TypeAdapter(model_of(file)).json_schema()}
        for name, file in files.items()
    }
