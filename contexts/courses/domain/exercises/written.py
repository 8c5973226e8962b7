"""A whole sentence that is compared with accepted ones."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Annotated, Literal, TypeVar

from annotated_types import MaxLen, MinLen

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import ByLanguage, Exercise, Presented, is_accepted
from contexts.courses.domain.exercises.bodies import Body, Explained, Path
from contexts.courses.domain.grading.accepted import Accepted
from contexts.courses.domain.grading.texts import Answers, grade_text
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords
from contexts.shared.kernel.shapes import ABSENT_IF_NONE

LONGEST_WRITING = 5_000
B = TypeVar("B", bound=Body)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer:
    text: Annotated[
        str,
        MinLen(0),
        MaxLen(LONGEST_WRITING),
        "More than 1,000 characters only if the type is `write`.",
    ]


class Written(Exercise[B, TextAnswer]):
    answer_type = TextAnswer
    shape = '{"text": a text of at most 1000 characters}'

    @property
    @abstractmethod
    def answers(self) -> Answers:
        """The accepted answers and the expected mistakes."""

    def graded(self, answer: TextAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        return grade_text(answer.text, self.answers, words=words, policy=policy)

    def correct_answer(self) -> str:
        return self.answers.model

    def accepts(self, text: str) -> bool:
        return is_accepted(self.answers, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBody(Explained):
    answers: formats.Patterns

    def patterns(self) -> Iterator[tuple[Path, Sequence[str]]]:
        yield ("answers",), self.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslateBody(WrittenBody):
    type: Literal["translate"]
    prompt: formats.OneText

    def answered_in(self, *, taught: str, source: str) -> str:
        return source if taught in self.prompt else taught


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedTranslate(Presented):
    """A sentence to translate."""

    type: Literal["translate"]
    prompt: ByLanguage
    to: Annotated[str, "Language of the answer (BCP 47)."]


class Translate(Written[TranslateBody]):
    body_type, presented_type = TranslateBody, PresentedTranslate

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.accepted(self.body.answers), self.mistakes)

    def presented(self, random: Random) -> PresentedTranslate:
        del random
        return PresentedTranslate(**self.common, prompt=self.body.prompt, to=self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class DictationBody(WrittenBody):
    type: Literal["dictation"]
    translation: formats.Text | None = None
    audio: formats.Media | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedDictation(Presented):
    """A sentence to write down as it is heard."""

    type: Literal["dictation"]
    language: Annotated[str, "BCP 47."]
    audio: Annotated[str | None, ABSENT_IF_NONE, "A file of the course."] = None
    translation: Annotated[str | None, ABSENT_IF_NONE] = None


class Dictation(Written[DictationBody]):
    body_type, presented_type = DictationBody, PresentedDictation

    @property
    def feasible(self) -> bool:
        return self.body.audio is not None

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.accepted(self.body.answers), self.mistakes)

    def presented(self, random: Random) -> PresentedDictation:
        del random
        return PresentedDictation(
            **self.common,
            language=self.language,
            audio=self.body.audio,
            translation=self.body.translation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectBody(Body):
    """`sentence` as the learner wrote it; `corrected` without its one mistake."""

    type: Literal["correct"]
    sentence: str
    corrected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedCorrect(Presented):
    """A sentence of the learner's own to correct."""

    type: Literal["correct"]
    sentence: str


class Correct(Written[CorrectBody]):
    """Made of a correction that the learner accepted."""

    body_type, presented_type = CorrectBody, PresentedCorrect
    authored = False

    @cached_property
    def answers(self) -> Answers:
        # A person's sentence is no pattern: its brackets are brackets.
        return Answers(Accepted((self.body.corrected,), self.language))

    def forgotten(self, answer: TextAnswer, grade: Grade, *, words: KnownWords) -> Set[str]:
        del answer, grade, words
        return {*self.uses}

    def unasked(self, grade: Grade, *, words: KnownWords) -> Set[str]:
        del grade, words
        return frozenset()

    def presented(self, random: Random) -> PresentedCorrect:
        del random
        return PresentedCorrect(**self.common, sentence=self.body.sentence)
