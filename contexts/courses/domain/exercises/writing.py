"""A free text that members of the community read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import ByLanguage, Exercise, Presented
from contexts.courses.domain.exercises.bodies import Body, Path
from contexts.courses.domain.exercises.written import LONGEST_WRITING, TextAnswer
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBody(Body):
    type: Literal["write"]
    prompt: formats.Texts

    def texts(self) -> Iterator[tuple[Path, Mapping[str, str]]]:
        yield ("prompt",), self.prompt
        yield from Body.texts(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedWrite(Presented):
    """A subject to write about."""

    type: Literal["write"]
    prompt: ByLanguage
    to: Annotated[str, "Language of the answer (BCP 47)."]


class Write(Exercise[WriteBody, TextAnswer]):
    """Not graded: members of the community answer it."""

    body_type, answer_type, presented_type = WriteBody, TextAnswer, PresentedWrite
    shape = f'{{"text": a text of 1 to {LONGEST_WRITING} characters}}'
    longest = LONGEST_WRITING

    def presented(self, random: Random) -> PresentedWrite:
        del random
        return PresentedWrite(**self.common, prompt=self.body.prompt, to=self.language)

    def read(self, answer: object) -> TextAnswer:
        found = super().read(answer)
        if not found.text.strip():
            raise self.malformed()
        return found

    def graded(self, answer: TextAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del answer, words, policy
        return Grade(verdict=Verdict.SUBMITTED, expected="", score=score_of(Verdict.SUBMITTED))

    def correct_answer(self) -> str:
        return ""
