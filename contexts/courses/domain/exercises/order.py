from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

from contexts.courses.domain.exercises import shapes
from contexts.courses.domain.exercises.base import Answer, Exercise, shuffled
from contexts.courses.domain.grading.accepted import Accepted, read
from contexts.courses.domain.grading.texts import Answers
from contexts.courses.domain.grading.verdicts import (
    Grade,
    GradingPolicy,
    KnownWords,
    Note,
    Verdict,
    score_of,
)
from contexts.shared.language import diff
from contexts.shared.language import words as words_of


@dataclass(frozen=True)
class Order(Exercise):
    """Words to be put in order; punctuation is not among them, and case does not tell."""

    type = "order"
    shape = '{"words": [some of the words shown, each at most as often as shown]}'

    @cached_property
    def chips(self) -> tuple[str, ...]:
        return (*words_of(self.body["answers"][0]), *self.body.get("extra", ()))

    @cached_property
    def _sequences(self) -> Mapping[tuple[str, ...], str]:
        return {_folded(words_of(text)): text for text in reversed(self.body["answers"])}

    @cached_property
    def answers(self) -> Answers:
        return Answers(Accepted(tuple(self.body["answers"]), self.language), self.mistakes)

    def grade(self, answer: Answer, *, words: KnownWords, policy: GradingPolicy) -> Grade:
        del words, policy
        given = self._given(answer)
        text, folded = " ".join(given), _folded(given)
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
            notes=(Note.WORD_ORDER,) if reordered else (),
            edits=diff(text, " ".join(words_of(expected)), language=self.language),
            why=next(listed, None),
            score=score_of(verdict),
        )

    def correct_answer(self) -> str:
        return str(self.body["answers"][0])

    def _given(self, answer: Answer) -> tuple[str, ...]:
        given = shapes.texts(shapes.only(answer, "words"), most=len(self.chips))
        if given is None or Counter(_folded(given)) - Counter(_folded(self.chips)):
            raise self.malformed()
        return given

    def _shown(self, random: Random) -> dict[str, Any]:
        chips = shuffled(list(self.chips), random)
        if _folded(tuple(chips)) in self._sequences:
            chips = chips[1:] + chips[:1]
        shown: dict[str, Any] = {"words": chips}
        return shown | {k: self.body[k] for k in ("translation",) if k in self.body}


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words)
