"""The format's shape, as strict models; what spans several of them is checked elsewhere."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

FORMAT = "coursepack/1"
UNIT_ID = r"[a-z0-9-]{1,40}"
NAME = r"[a-z0-9-]{1,60}"
_LONGEST = 1000

UnitId = Annotated[str, StringConstraints(pattern=f"^{UNIT_ID}$", max_length=40)]
CourseId = Annotated[str, StringConstraints(pattern=f"^{NAME}$", max_length=60)]
WordId = Annotated[str, StringConstraints(pattern=rf"^{UNIT_ID}\.w\.{NAME}$")]
LessonId = Annotated[str, StringConstraints(pattern=rf"^{UNIT_ID}\.l\.{NAME}$")]
ExerciseId = Annotated[str, StringConstraints(pattern=rf"^{UNIT_ID}\.e\.{NAME}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST)]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
Texts = Annotated[dict[Language, Text], Field(min_length=1)]
OneText = Annotated[dict[Language, Text], Field(min_length=1, max_length=1)]
Patterns = Annotated[list[Text], Field(min_length=1, max_length=200)]
Media = Annotated[str, StringConstraints(pattern=r"^media/[A-Za-z0-9_./-]{1,200}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CourseFile(Strict):
    format: Literal["coursepack/1"]
    id: CourseId
    title: Texts
    description: Texts
    language: Language
    source: Language
    level: Level
    license: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.+-]{1,64}$")]
    authors: Annotated[list[Text], Field(min_length=1)]
    accents: Literal["lenient", "strict"] = "lenient"
    units: Annotated[list[UnitId], Field(min_length=1)]


class Goal(Strict):
    cefr: Level
    can_do: Texts


class Example(Strict):
    text: Text
    translation: Text


class Word(Strict):
    id: WordId
    text: Text
    translation: Text
    pos: Literal[
        "noun",
        "verb",
        "adjective",
        "adverb",
        "pronoun",
        "preposition",
        "conjunction",
        "interjection",
        "number",
        "phrase",
        "article",
    ]
    gender: Literal["m", "f", "n", "c"] | None = None
    example: Example | None = None


class Wrong(Strict):
    answer: Text
    why: Texts


class _Exercise(Strict):
    id: ExerciseId
    hint: Texts | None = None


class _Using(_Exercise):
    uses: Annotated[list[WordId], Field(min_length=1)]


class _Explained(_Using):
    wrong: Annotated[list[Wrong], Field(min_length=1, max_length=100)] | None = None


class Flashcard(_Exercise):
    type: Literal["flashcard"]
    word: WordId


class Choice(_Explained):
    type: Literal["choice"]
    prompt: OneText
    options: Annotated[list[Text], Field(min_length=2, max_length=6)]
    answer: Text


class TrueFalse(_Using):
    type: Literal["true_false"]
    statement: OneText
    answer: Literal["true", "false"]


class ChosenGap(Strict):
    options: Annotated[list[Text], Field(min_length=2, max_length=6)]
    answer: Text


class TypedGap(Strict):
    answers: Patterns


class GapChoose(_Explained):
    type: Literal["gap_choose"]
    text: Text
    gaps: Annotated[list[ChosenGap], Field(min_length=1, max_length=20)]
    translation: Text | None = None


class GapType(_Explained):
    type: Literal["gap_type"]
    text: Text
    gaps: Annotated[list[TypedGap], Field(min_length=1, max_length=20)]
    translation: Text | None = None


class Order(_Explained):
    type: Literal["order"]
    answers: Patterns
    extra: Annotated[list[Text], Field(min_length=1, max_length=20)] | None = None
    translation: Text | None = None


class Pair(Strict):
    left: Text
    right: Text


class Match(_Using):
    type: Literal["match"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=8)]


class Translate(_Explained):
    type: Literal["translate"]
    prompt: OneText
    answers: Patterns


class Dictation(_Explained):
    type: Literal["dictation"]
    answers: Patterns
    translation: Text | None = None
    audio: Media | None = None


class Write(_Exercise):
    type: Literal["write"]
    prompt: Texts


Exercise = Annotated[
    Flashcard
    | Choice
    | TrueFalse
    | GapChoose
    | GapType
    | Order
    | Match
    | Translate
    | Dictation
    | Write,
    Field(discriminator="type"),
]


class Lesson(Strict):
    id: LessonId
    title: Texts
    premium: Literal["true", "false"] = "false"
    exercises: Annotated[list[Exercise], Field(min_length=1)]


class UnitFile(Strict):
    id: UnitId
    title: Texts
    goal: Goal
    requires: Annotated[list[UnitId], Field(min_length=1)] | None = None
    words: Annotated[list[Word], Field(min_length=1)]
    lessons: Annotated[list[Lesson], Field(min_length=1)]


def json_schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema (2020-12) for editors: of `course.yaml` and of `units/*.yaml`."""
    files: dict[str, type[Strict]] = {"course": CourseFile, "unit": UnitFile}
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {
        name: {"$schema": dialect, **TypeAdapter(model).json_schema()}
        for name, model in files.items()
    }
