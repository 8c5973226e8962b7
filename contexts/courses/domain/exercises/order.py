"""Words to be put in order."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Annotated, Literal

from annotated_types import MaxLen, MinLen

from contexts.courses.domain import formats
from contexts.courses.domain.exercises.base import (
    AnswerText,
    Exercise,
    Presented,
    is_accepted,
    shuffled,
)
from contexts.courses.domain.exercises.bodies import Explained, Fault
from contexts.courses.domain.grading.accepted import Accepted, read
from contexts.courses.domain.grading.texts import Answers
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradeNote,
    GradingPolicy,
    KnownWords,
    Verdict,
    score_of,
)
from contexts.courses.domain.reviews import Ask
from contexts.shared.kernel.shapes import ABSENT_IF_NONE
from contexts.shared.language import diff
from contexts.shared.language import words as words_of

MOST_WORDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderBody(Explained):
    """`answers` are plain texts of the same words, `extra` words that belong to none."""

    type: Literal["order"]
    answers: formats.Patterns
    extra: Annotated[list[formats.Text], MinLen(1), MaxLen(20)] | None = None
    translation: formats.Text | None = None

    def faults(self, language: str) -> Iterator[Fault]:
        bags = [sorted(_folded(read(text, language).surface)) for text in self.answers]
        if len(bags[0]) < 2:
            yield ("answers", 0), "one word cannot be put in order"
        for at, bag in enumerate(bags):
            if bag != bags[0]:
                yield ("answers", at), "the words are not those of the first answer"
        for at, word in enumerate(self.extra or ()):
            if words_of(word) != (word,):
                yield ("extra", at), f"“{word}” is not a single word"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAnswer:
    words: Annotated[list[AnswerText], MaxLen(MOST_WORDS), "Some of the words, in order."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedOrder(Presented):
    """Words of a sentence out of order, without punctuation. Some may be too many."""

    type: Literal["order"]
    words: list[str]
    translation: Annotated[str | None, ABSENT_IF_NONE] = None


class Order(Exercise[OrderBody, OrderAnswer]):
    """Case does not count."""

    body_type, answer_type, presented_type = OrderBody, OrderAnswer, PresentedOrder
    shape = '{"words": [some of the words shown, each at most as often as shown]}'
    asks_by = Ask.RECOGNITION

    @cached_property
    def chips(self) -> tuple[str, ...]:
        return (*words_of(self.body.answers[0]), *(self.body.extra or ()))

    @cached_property
    def _sequences(self) -> Mapping[tuple[str, ...], str]:
        return {_folded(words_of(text)): text for text in reversed(self.body.answers)}

    @cached_property
    def answers(self) -> Answers:
        return Answers(Accepted(tuple(self.body.answers), self.language), self.mistakes)

    def presented(self, random: Random) -> PresentedOrder:
        chips = shuffled(self.chips, random)
        if _folded(chips) in self._sequences:
            chips = chips[1:] + chips[:1]
        return PresentedOrder(**self.common, words=chips, translation=self.body.translation)

    def graded(self, answer: OrderAnswer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        text, folded = " ".join(answer.words), _folded(answer.words)
        if Counter(folded) - Counter(_folded(self.chips)):
            raise self.malformed()
        expected = self._sequences.get(folded)
        if expected is not None:
            return Grade(verdict=Verdict.CORRECT, expected=expected, given=text, score=1.0)
        return self._refuse(text, folded)

    def _refuse(self, text: str, folded: tuple[str, ...]) -> Grade:
        reading = read(text, self.language)
        expected = self.answers.accepted.nearest(reading).text
        reordered = any(sorted(folded) == sorted(sequence) for sequence in self._sequences)
        verdict = Verdict.NEARLY if reordered else Verdict.WRONG
        listed = (m.why for m in self.mistakes for t in m.texts if _folded(words_of(t)) == folded)
        return Grade(
            verdict=verdict,
            expected=expected,
            given=text,
            notes=(GradeNote.WORD_ORDER,) if reordered else (),
            edits=diff(text, " ".join(words_of(expected)), language=self.language),
            why=next(listed, None),
            score=score_of(verdict),
        )

    def correct_answer(self) -> str:
        return self.body.answers[0]

    def accepts(self, text: str) -> bool:
        return is_accepted(self.answers, text)


def _folded(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)
