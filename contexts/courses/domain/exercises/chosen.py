"""One answer out of a few that are shown."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from random import Random
from typing import Annotated, Literal

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import (
    AnswerText,
    ByLanguage,
    Exercise,
    Presented,
    shuffled,
)
from contexts.courses.domain.exercises.bodies import Explained, Fault, Using, option_faults
from contexts.courses.domain.grading.verdicts import Grade, GradingPolicy, KnownWords
from contexts.courses.domain.reviews import Ask


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceBody(Explained):
    type: Literal["choice"]
    prompt: formats.OneText
    options: formats.Options
    answer: formats.Text

    def answered_in(self, *, taught: str, source: str) -> str:
        return source if taught in self.prompt else taught

    def faults(self, language: str) -> Iterator[Fault]:
        del language
        return option_faults((), self.options, self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceAnswer:
    choice: Annotated[AnswerText, "One of the options."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedChoice(Presented):
    """One option is right."""

    type: Literal["choice"]
    prompt: ByLanguage
    options: list[str]


class Choice(Exercise[ChoiceBody, ChoiceAnswer]):
    body_type, answer_type, presented_type = ChoiceBody, ChoiceAnswer, PresentedChoice
    shape = '{"choice": one of the options}'
    asks_by = Ask.RECOGNITION

    def presented(self, random: Random) -> PresentedChoice:
        options = shuffled(self.body.options, random)
        return PresentedChoice(**self.common, prompt=self.body.prompt, options=options)

    def graded(self, answer: ChoiceAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        if answer.choice not in self.body.options:
            raise self.malformed()
        return self.right_or_wrong(answer.choice == self.body.answer, given=answer.choice)

    def forgotten(self, answer: ChoiceAnswer, grade: Grade, *, words: KnownWords) -> Set[str]:
        del answer
        [prompt] = self.body.prompt.values()
        recall = self.recall(grade, words=words, shown=prompt, in_place=True)
        return recall.forgotten() or recall.beside_missing()

    def correct_answer(self) -> str:
        return self.body.answer

    def wrong_options(self) -> set[str]:
        return set(self.body.options) - {self.body.answer}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseBody(Using):
    type: Literal["true_false"]
    statement: formats.OneText
    answer: Literal["true", "false"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalseAnswer:
    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedTrueFalse(Presented):
    """The statement is true or false."""

    type: Literal["true_false"]
    statement: ByLanguage


class TrueFalse(Exercise[TrueFalseBody, TrueFalseAnswer]):
    body_type, answer_type, presented_type = TrueFalseBody, TrueFalseAnswer, PresentedTrueFalse
    shape = '{"value": true or false}'
    asks_by = Ask.RECOGNITION

    def presented(self, random: Random) -> PresentedTrueFalse:
        del random
        return PresentedTrueFalse(**self.common, statement=self.body.statement)

    def graded(self, answer: TrueFalseAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        given = "true" if answer.value else "false"
        return self.right_or_wrong(given == self.body.answer, given=given)

    def forgotten(
        self, answer: TrueFalseAnswer, grade: Grade, *, words: KnownWords
    ) -> Set[str] | None:
        del answer, grade, words
        return {*self.uses} if len(self.uses) == 1 else None

    def unasked(self, grade: Grade, *, words: KnownWords) -> Set[str]:
        del grade, words
        return frozenset()

    def correct_answer(self) -> str:
        return self.body.answer
